import Continual
import Randomness
import Tensors
import Testing

@Suite struct QuadraticAnchorTests {
  var random = RandomStream(seed: 4).generator()

  mutating func numbers(_ range: ClosedRange<Double>) -> Tensor {
    Tensor([50], (0..<50).map { _ in Float(random.uniform(in: range)) })
  }

  @Test mutating func oneQuadraticPullsAsTheSumOfAllDoes() {
    let start = numbers(-1...1)
    var anchor = QuadraticAnchor(shapedAs: [start])
    #expect(anchor.pull(on: [start + 1])[0].elements.allSatisfy { $0 == 0 })
    var terms: [(precision: Tensor, place: Tensor)] = []
    for _ in 0..<6 {
      // Some parameters do not matter to some tasks.
      let term = (numbers(-1...3).relu(), numbers(-1...1))
      terms.append(term)
      anchor.add([term.0], at: [term.1])
    }
    let place = numbers(-2...2)
    let pull = anchor.pull(on: [place])[0].elements
    for index in 0..<50 {
      let expected = terms.reduce(0.0) { sum, term in
        sum + Double(term.precision.elements[index])
          * Double(place.elements[index] - term.place.elements[index])
      }
      #expect(abs(Double(pull[index]) - expected) < 1e-5)
    }
  }

  @Test mutating func theOnlineFormDecaysAndMovesToTheNewestParameters() {
    let places = [numbers(-1...1), numbers(-1...1)]
    let precisions = [numbers(0...2), numbers(0...2)]
    var anchor = QuadraticAnchor(shapedAs: [places[0]])
    anchor.renew([precisions[0]], at: [places[0]], decay: 0.5)
    anchor.renew([precisions[1]], at: [places[1]], decay: 0.5)
    #expect(anchor.centre[0].elements == places[1].elements)
    let pull = anchor.pull(on: [places[1] + 1])[0].elements
    for index in 0..<50 {
      let expected = 0.5 * precisions[0].elements[index] + precisions[1].elements[index]
      #expect(abs(pull[index] - expected) < 1e-5)
    }
  }
}
