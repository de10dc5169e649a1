import Optimizers
import Tensors
import Testing

struct AdamTests {
  /// Algorithm 1 of Kingma and Ba, one number at a time in Float64.
  @Test func agreesWithAScalarReference() {
    let adam = Adam()
    var parameters = [Tensor([3], [1, -2, 0.5]), Tensor([2, 2], [0, 1, 2, 3])]
    var state = adam.initialState(for: parameters)
    var reference = parameters.map { $0.elements.map(Double.init) }
    var mean = reference.map { $0.map { _ in 0.0 } }
    var square = mean
    var (power1, power2) = (1.0, 1.0)
    for step in 1...50 {
      let gradient = parameters.map { $0 * 2 + Float(step % 3) }
      power1 *= 0.9
      power2 *= 0.999
      for tensor in reference.indices {
        for place in reference[tensor].indices {
          let g = Double(gradient[tensor].elements[place])
          mean[tensor][place] = 0.9 * mean[tensor][place] + 0.1 * g
          square[tensor][place] = 0.999 * square[tensor][place] + 0.001 * g * g
          let m = mean[tensor][place] / (1 - power1)
          let v = square[tensor][place] / (1 - power2)
          reference[tensor][place] -= 0.01 * m / (v.squareRoot() + 1e-8)
        }
      }
      parameters = adam.updated(parameters, against: gradient, rate: 0.01, state: &state)
    }
    for (tensor, expected) in zip(parameters, reference) {
      for (value, expected) in zip(tensor.elements, expected) {
        #expect(abs(Double(value) - expected) < 1e-4)
      }
    }
    #expect(state.step == 50)
  }

  @Test func leavesItsInputsAlone() {
    let parameters = [Tensor([2], [1, 2])]
    var state = Adam().initialState(for: parameters)
    let before = state
    _ = Adam().updated(parameters, against: [Tensor([2], [1, 1])], rate: 0.1, state: &state)
    #expect(parameters[0].elements == [1, 2])
    #expect(before.mean[0].elements == [0, 0])
  }
}
