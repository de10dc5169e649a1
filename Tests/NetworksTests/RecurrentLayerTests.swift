import Networks
import Randomness
import Tensors
import Testing

/// GRU and LSTM against plain loops over Doubles that share no code with them.
struct RecurrentLayerTests {
  /// A layer, and the same layer number by number.
  struct Pair: Sendable, CustomTestStringConvertible {
    let layer: any RecurrentLayer
    /// h after a step of one sequence, and what else is carried on.
    let scalar: @Sendable (_ h: [Double], _ s: [Double], _ x: [Double], _ w: [[Double]]) -> (
      h: [Double], s: [Double]
    )
    var testDescription: String { "\(type(of: layer))" }
  }

  static let inputs = 2, hidden = 3, steps = 4, rows = 2

  static let pairs = [
    Pair(layer: GRU(inputs: inputs, hidden: hidden), scalar: gru),
    Pair(layer: LSTM(inputs: inputs, hidden: hidden), scalar: lstm),
  ]

  @Sendable static func gru(_ h: [Double], _ s: [Double], _ x: [Double], _ w: [[Double]]) -> (
    h: [Double], s: [Double]
  ) {
    let next = h.indices.map { unit in
      func fromInput(_ gate: Int) -> Double {
        let column = gate * h.count + unit
        return w[1][column] + x.indices.reduce(0) { $0 + x[$1] * w[0][$1 * 3 * h.count + column] }
      }
      func fromState(_ gate: Int) -> Double {
        let column = gate * h.count + unit
        return w[3][column] + h.indices.reduce(0) { $0 + h[$1] * w[2][$1 * 3 * h.count + column] }
      }
      let r = logistic(fromInput(0) + fromState(0))
      let z = logistic(fromInput(1) + fromState(1))
      return z * h[unit] + (1 - z) * tanh(fromInput(2) + r * fromState(2))
    }
    return (next, s)
  }

  @Sendable static func lstm(_ h: [Double], _ s: [Double], _ x: [Double], _ w: [[Double]]) -> (
    h: [Double], s: [Double]
  ) {
    var (h1, s1) = (h, s)
    for unit in h.indices {
      func sum(_ gate: Int) -> Double {
        let column = gate * h.count + unit
        let fromInput = x.indices.reduce(0) { $0 + x[$1] * w[0][$1 * 4 * h.count + column] }
        let fromState = h.indices.reduce(0) { $0 + h[$1] * w[2][$1 * 4 * h.count + column] }
        return w[1][column] + fromInput + fromState
      }
      s1[unit] = logistic(sum(1)) * s[unit] + logistic(sum(0)) * tanh(sum(3))
      h1[unit] = logistic(sum(2)) * tanh(s1[unit])
    }
    return (h1, s1)
  }

  static func logistic(_ x: Double) -> Double { 1 / (1 + Elementary.exp(-x)) }
  static func tanh(_ x: Double) -> Double { 2 * logistic(2 * x) - 1 }

  static func random(_ shape: Shape, _ name: String) -> Tensor {
    var generator = RandomStream(seed: 11).child(name).generator()
    return Tensor(shape) { out in for i in out.indices { out[i] = Float(generator.normal()) } }
  }

  /// Inputs `[steps * rows, inputs]`, one step after the other, and weights away from zero.
  static func variables(of layer: any RecurrentLayer) -> [Tensor] {
    [random([steps * rows, inputs], "inputs")]
      + layer.parameters.map { random($0.shape, $0.name) * 0.7 }
  }

  /// The outputs of all steps: `[steps * rows, hidden]`.
  static func outputs(_ layer: any RecurrentLayer, _ variables: [Tensor]) -> Tensor {
    let w = Array(variables.dropFirst())
    var state = layer.initialState(rows: rows)
    let all = layer.projected(variables[0], with: w).split(0, into: steps).map { now in
      state = layer.stepped(state, seeing: now, with: w)
      return state.output
    }
    return .concatenated(all, along: 0)
  }

  /// The same, number by number.
  static func scalarOutputs(_ pair: Pair, _ variables: [[Double]]) -> [Double] {
    let w = Array(variables.dropFirst())
    var h = [[Double]](repeating: [Double](repeating: 0, count: hidden), count: rows)
    var s = h
    var all: [Double] = []
    for step in 0..<steps {
      for row in 0..<rows {
        let first = (step * rows + row) * inputs
        (h[row], s[row]) = pair.scalar(
          h[row], s[row], Array(variables[0][first..<first + inputs]), w)
        all += h[row]
      }
    }
    return all
  }

  static let outputWeights = random([steps * rows, hidden], "output weights")

  /// A number that every output has a part in, and whose slope depends on it.
  static func loss(_ outputs: Tensor) -> Tensor { (outputs.squared() * outputWeights).sum() }

  static func scalarLoss(_ pair: Pair, _ variables: [[Double]]) -> Double {
    zip(scalarOutputs(pair, variables), outputWeights.elements).reduce(0) {
      $0 + $1.0 * $1.0 * Double($1.1)
    }
  }

  @Test(arguments: pairs)
  func outputsAreThoseOfPlainLoops(_ pair: Pair) {
    let variables = Self.variables(of: pair.layer)
    let expected = Self.scalarOutputs(pair, variables.map { $0.elements.map(Double.init) })
    for (value, expected) in zip(Self.outputs(pair.layer, variables).elements, expected) {
      #expect(abs(Double(value) - expected) < 2e-6, "\(value) against \(expected)")
    }
  }

  @Test(arguments: pairs)
  func firstGradientsAgreeWithCentralDifferences(_ pair: Pair) {
    let variables = Self.variables(of: pair.layer)
    let exact = Tape.recording { tape in
      let variables = tape.variables(variables)
      return gradient(of: Self.loss(Self.outputs(pair.layer, variables)), at: variables)
        .map(\.elements)
    }
    let numbers = variables.map { $0.elements.map(Double.init) }
    let step = 1e-5
    Self.forEach(exact) { tensor, place, slope in
      func moved(_ distance: Double) -> Double {
        var numbers = numbers
        numbers[tensor][place] += distance
        return Self.scalarLoss(pair, numbers)
      }
      let expected = (moved(step) - moved(-step)) / (2 * step)
      #expect(abs(slope - expected) < 1e-4, "\(tensor), \(place): \(slope) against \(expected)")
    }
  }

  /// Every number of the product of the Hessian and a direction.
  @Test(arguments: pairs)
  func secondGradientsAgreeWithCentralDifferences(_ pair: Pair) {
    let variables = Self.variables(of: pair.layer)
    let direction = variables.indices.map { Self.random(variables[$0].shape, "direction \($0)") }
    let exact = Tape.recording { tape in
      let variables = tape.variables(variables)
      let slopes = gradient(
        of: Self.loss(Self.outputs(pair.layer, variables)), at: variables, keepingGraph: true)
      let along = zip(slopes, direction).reduce(Tensor(0)) { $0 + ($1.0 * $1.1).sum() }
      return gradient(of: along, at: variables).map(\.elements)
    }
    let numbers = variables.map { $0.elements.map(Double.init) }
    let step = 1e-4
    Self.forEach(exact) { tensor, place, slope in
      func moved(_ alongDirection: Double, _ atPlace: Double) -> Double {
        var numbers = zip(numbers, direction).map { numbers, direction in
          zip(numbers, direction.elements).map { $0 + alongDirection * Double($1) }
        }
        numbers[tensor][place] += atPlace
        return Self.scalarLoss(pair, numbers)
      }
      let expected =
        (moved(step, step) - moved(step, -step) - moved(-step, step) + moved(-step, -step))
        / (4 * step * step)
      #expect(
        abs(slope - expected) < 1e-3 * max(1, abs(expected)),
        "\(tensor), \(place): \(slope) against \(expected)")
    }
  }

  private static func forEach(
    _ slopes: [[Float]], _ body: (_ tensor: Int, _ place: Int, _ slope: Double) -> Void
  ) {
    for (tensor, slopes) in slopes.enumerated() {
      for (place, slope) in slopes.enumerated() { body(tensor, place, Double(slope)) }
    }
  }

  @Test(arguments: pairs)
  func sequencesSideBySideDoNotMeet(_ pair: Pair) {
    var variables = Self.variables(of: pair.layer)
    let together = Self.outputs(pair.layer, variables).elements
    // The second sequence of each step becomes another.
    variables[0] = Tensor(variables[0].shape) { out in
      variables[0].withElements { x in
        for i in out.indices { out[i] = i / Self.inputs % Self.rows == 1 ? -x[i] : x[i] }
      }
    }
    let changed = Self.outputs(pair.layer, variables).elements
    for place in together.indices {
      let isFirst = place / Self.hidden % Self.rows == 0
      #expect((together[place] == changed[place]) == isFirst, "\(place)")
    }
  }

  @Test(arguments: pairs)
  func weightsBeginWithinTheirLimit(_ pair: Pair) {
    let layer = pair.layer
    let initial = layer.initialParameters(from: RandomStream(seed: 1))
    #expect(initial.map(\.shape) == layer.parameters.map(\.shape))
    let limit = Float(1 / Double(layer.hidden).squareRoot())
    for (parameter, values) in zip(layer.parameters, initial) where parameter.shape.rank == 2 {
      let largest = values.elements.map(abs).max()!
      #expect(largest <= limit && largest > 0.8 * limit, "\(parameter.name)")
    }
  }

  /// One operation instead of a dozen: the same bits, there and back.
  @Test(arguments: [[0], [1], [0, 1]])
  func anLSTMsCellHasTheBitsOfItsParts(used: [Int]) {
    func random(_ shape: Shape, _ name: String) -> Tensor {
      .uniform(shape, in: -3...3, RandomStream(seed: 7).child(name))
    }
    func run(_ cell: (Tensor, Tensor) -> [Tensor]) -> [[Float]] {
      Tape.recording { tape in
        let variables = tape.variables([random([3, 4 * 21], "u"), random([3, 21], "cells")])
        let results = cell(variables[0], variables[1])
        let losses = used.map { (results[$0] * random([3, 21], "weight \($0)")).sum() }
        let slopes = gradient(of: losses.dropFirst().reduce(losses[0], +), at: variables)
        return (results + slopes).map(\.elements)
      }
    }
    let (fused, parts) = (run(LSTMCell.step), run(LSTMCell.parts))
    for (place, (a, b)) in zip(fused, parts).enumerated() { #expect(a == b, "result or gradient \(place)") }
  }
}
