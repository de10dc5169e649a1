import Continual
import Tensors

/// The same network written with loops over single numbers in double precision, one example at a time.
struct SlowNetwork {
  let widths: [Int]
  /// Each layer's weight, row-major `[in, out]`, and bias.
  var parameters: [[Double]]

  init(_ network: DenseNetwork, _ parameters: [Tensor]) {
    widths = network.widths
    self.parameters = parameters.map { $0.elements.map(Double.init) }
  }

  /// What every layer takes in, and last the logits.
  func activations(_ x: [Double]) -> [[Double]] {
    var list = [x]
    for layer in 0..<widths.count - 1 {
      let outputs = (0..<widths[layer + 1]).map { out in
        var sum = parameters[2 * layer + 1][out]
        for (index, value) in list[layer].enumerated() {
          sum += value * parameters[2 * layer][index * widths[layer + 1] + out]
        }
        return layer < widths.count - 2 ? max(0, sum) : sum
      }
      list.append(outputs)
    }
    return list
  }

  func probabilities(_ x: [Double]) -> [Double] {
    let logits = activations(x).last!
    let top = logits.max()!
    let powers = logits.map { exponential($0 - top) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// -log p(label | x).
  func loss(_ x: [Double], _ label: Int) -> Double { -logarithm(probabilities(x)[label]) }

  /// The gradient of -log p(label | x), shaped as the parameters.
  func gradient(_ x: [Double], _ label: Int) -> [[Double]] {
    let activations = activations(x)
    var cotangent = probabilities(x)
    cotangent[label] -= 1
    var gradient = parameters.map { $0.map { _ in 0.0 } }
    for layer in stride(from: widths.count - 2, through: 0, by: -1) {
      let width = widths[layer + 1]
      var below = [Double](repeating: 0, count: widths[layer])
      for (index, value) in activations[layer].enumerated() {
        for out in 0..<width {
          gradient[2 * layer][index * width + out] = value * cotangent[out]
          below[index] += parameters[2 * layer][index * width + out] * cotangent[out]
        }
        if layer > 0, value <= 0 { below[index] = 0 }
      }
      gradient[2 * layer + 1] = cotangent
      cotangent = below
    }
    return gradient
  }
}

extension Minibatch {
  /// The inputs of one example.
  func input(_ row: Int) -> [Double] {
    let width = inputs.shape[1]
    return inputs.elements[row * width..<(row + 1) * width].map(Double.init)
  }
}

/// The largest difference between two lists of arrays.
func distance(_ tensors: [Tensor], _ numbers: [[Double]]) -> Double {
  zip(tensors, numbers).map { tensor, numbers in
    zip(tensor.elements, numbers).map { abs(Double($0) - $1) }.max()!
  }.max()!
}
