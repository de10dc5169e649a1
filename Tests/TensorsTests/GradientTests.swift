import Randomness
import Tensors
import Testing

/// Every operation, its backward and its double backward against central differences.
struct GradientTests {
  /// A function of some tensors, as a sum of its outputs with fixed random weights.
  struct Operation: Sendable, CustomTestStringConvertible {
    let name: String
    let inputs: [Tensor]
    let function: @Sendable ([Tensor]) -> Tensor
    var testDescription: String { name }
  }

  static func random(_ shape: Shape, _ index: Int, positive: Bool = false) -> Tensor {
    var generator = RandomStream(seed: 7).child("input", index).generator()
    return Tensor(shape) { out in
      for place in out.indices {
        let value = Float(generator.normal())
        out[place] = positive ? 0.5 + abs(value) : value
      }
    }
  }

  /// Numbers whose sign small steps do not change, and whose order neither.
  static func awayFromKinks(_ shape: Shape, _ index: Int) -> Tensor {
    var generator = RandomStream(seed: 7).child("order", index).generator()
    let order = generator.permutation(of: shape.count)
    return Tensor(shape) { out in
      for place in out.indices {
        let size = 1 + 0.2 * Float(order[place])
        out[place] = order[place] % 2 == 0 ? size : -size
      }
    }
  }

  /// Numbers near 1 and near -1.
  static func twoClouds(_ shape: Shape, _ index: Int) -> Tensor {
    random(shape, index) * 0.1 + awayFromKinks(shape, index).relu().tanh() * 2 + -1
  }

  static let labels = [0, 2, 1, 2]

  static let operations: [Operation] = {
    let a = random([4, 3], 0), b = random([4, 3], 1), row = random([1, 3], 2)
    let positive = random([4, 3], 3, positive: true)
    let images = random([3, 6, 5, 2], 4), filters = random([3, 3, 2, 4], 5)
    let clouds = twoClouds([3, 6, 5, 2], 22)
    let apart = awayFromKinks([2, 3, 5, 2], 29) * 0.3
    let scale = random([2], 6, positive: true), shift = random([2], 7) * 0.1
    let moments = Moments(mean: random([2], 8) * 0.1, variance: random([2], 9, positive: true))
    return [
      .init(name: "add", inputs: [a, b]) { $0[0] + $0[1] },
      .init(name: "add a row", inputs: [a, row]) { $0[0] + $0[1] },
      .init(name: "subtract a row", inputs: [a, row]) { $0[0] - $0[1] },
      .init(name: "row minus", inputs: [row, a]) { $0[0] - $0[1] },
      .init(name: "multiply", inputs: [a, b]) { $0[0] * $0[1] },
      .init(name: "multiply by a row", inputs: [a, row]) { $0[0] * $0[1] },
      .init(name: "divide", inputs: [a, positive]) { $0[0] / $0[1] },
      .init(name: "multiply by a number", inputs: [a]) { $0[0] * 1.7 },
      .init(name: "add a number", inputs: [a]) { ($0[0] + 0.3).squared() },
      .init(name: "add scaled", inputs: [a, b]) { $0[0].adding($0[1].squared(), scaledBy: -0.4) },
      .init(name: "relu", inputs: [awayFromKinks([4, 3], 20)]) { ($0[0] * 1.5).relu().squared() },
      .init(name: "clamped", inputs: [awayFromKinks([4, 3], 20)]) {
        ($0[0] * 1.5).clamped(to: -1...2).squared()
      },
      .init(name: "exp", inputs: [a]) { $0[0].exp() },
      .init(name: "log", inputs: [positive]) { $0[0].log() },
      .init(name: "square root", inputs: [positive]) { $0[0].squareRoot() },
      .init(name: "tanh", inputs: [a]) { $0[0].tanh() },
      .init(name: "logistic", inputs: [a]) { $0[0].logistic() },
      .init(name: "softplus", inputs: [a]) { $0[0].softplus() },
      .init(name: "mean", inputs: [a]) { $0[0].squared().mean() },
      .init(name: "mean along axes", inputs: [images]) { $0[0].squared().mean(along: 1, 2) },
      .init(name: "repeat", inputs: [row]) { $0[0].squared().repeated(to: [4, 3]) },
      .init(name: "transpose", inputs: [images]) { $0[0].squared().transposed([1, 3, 0, 2]) },
      .init(name: "slice", inputs: [images]) { $0[0].squared().slice(1, 1..<4) },
      .init(name: "concatenate", inputs: [a, b]) {
        .concatenated([$0[0].squared(), $0[1] * $0[0]], along: 1)
      },
      .init(name: "split", inputs: [images]) {
        let parts = $0[0].squared().split(1, into: 3)
        return parts[0] * parts[2]
      },
      .init(name: "product", inputs: [random([4, 3], 10), random([3, 5], 11)]) {
        $0[0].product($0[1])
      },
      .init(name: "product, first transposed", inputs: [random([3, 4], 12), random([3, 5], 13)]) {
        $0[0].product($0[1], transposing: true)
      },
      .init(name: "product, second transposed", inputs: [random([4, 3], 14), random([5, 3], 15)]) {
        $0[0].product($0[1], transposingOther: true)
      },
      .init(name: "product, both transposed", inputs: [random([3, 4], 16), random([5, 3], 17)]) {
        $0[0].product($0[1], transposing: true, transposingOther: true)
      },
      .init(name: "repeated products", inputs: [random([2, 4], 80), random([4, 4], 81), random([4], 82)]) {
        let once = $0[0].repeatedProduct($0[1])
        let twice = once.logistic().repeatedProduct($0[1]) + once
        return twice.affine($0[1], $0[2], relu: false, isRepeated: true)
      },
      .init(name: "repeated products with what was computed", inputs: [random([2, 4], 83), random([4, 4], 84)]) {
        let weight = $0[1].squared()
        return $0[0].repeatedProduct(weight).repeatedProduct(weight).repeatedProduct($0[1])
      },
      .init(name: "product of stacks", inputs: [random([2, 4, 3], 18), random([2, 3, 5], 19)]) {
        $0[0].product($0[1])
      },
      .init(name: "product of stacks, first transposed", inputs: [random([2, 3, 4], 23), random([2, 3, 5], 24)]) {
        $0[0].product($0[1], transposing: true)
      },
      .init(name: "product of stacks, second transposed", inputs: [random([2, 4, 3], 25), random([2, 5, 3], 26)]) {
        $0[0].product($0[1], transposingOther: true)
      },
      .init(name: "sum along axes", inputs: [images]) { $0[0].squared().summed(to: [3, 1, 5, 1]) },
      .init(name: "reshape", inputs: [images]) { $0[0].squared().reshaped([6, 30]) },
      .init(name: "pad", inputs: [a]) { $0[0].squared().padded(1, at: 2, to: 7) },
      .init(name: "gate", inputs: [a]) { $0[0].squared().gated(by: b) },
      .init(name: "softmax", inputs: [a]) { $0[0].softmax() },
      .init(name: "cross-entropy", inputs: [a]) { $0[0].crossEntropy(labels) },
      .init(name: "convolution, stride 1", inputs: [images, filters]) {
        $0[0].convolution($0[1], stride: 1, padding: 1)
      },
      .init(name: "convolution, stride 2", inputs: [images, filters]) {
        $0[0].convolution($0[1], stride: 2, padding: 1)
      },
      .init(name: "convolution of many channels", inputs: [random([2, 3, 3, 9], 27), random([3, 3, 9, 5], 28)]) {
        $0[0].convolution($0[1], stride: 2, padding: 1)
      },
      .init(name: "max-pooling", inputs: [awayFromKinks([2, 4, 5, 2], 21)]) { $0[0].maxPooled().squared() },
      .init(name: "batch norm", inputs: [images, scale, shift]) {
        $0[0].batchNormalized(scale: $0[1], shift: $0[2], relu: false).0.squared()
      },
      .init(name: "batch norm with ReLU", inputs: [clouds, scale, shift]) {
        $0[0].batchNormalized(scale: $0[1], shift: $0[2]).0.squared()
      },
      .init(name: "batch norm with pooling", inputs: [apart, scale, shift]) {
        $0[0].batchNormalized(scale: $0[1], shift: $0[2], relu: false, pooled: true).0.squared()
      },
      .init(name: "batch norm with ReLU and pooling", inputs: [apart, scale, shift]) {
        $0[0].batchNormalized(scale: $0[1], shift: $0[2], pooled: true).0.squared()
      },
      .init(name: "normalization by given moments", inputs: [clouds, scale, shift]) {
        $0[0].normalized(by: moments, scale: $0[1], shift: $0[2])
      },
    ]
  }()

  /// A random direction for each input, and random weights for the outputs.
  static func weighted(_ y: Tensor) -> Tensor { (y * random(y.shape, 100)).sum() }

  /// The number that `order` differentiations of the operation give, in directions of their own.
  static func directional(_ operation: Operation, at inputs: [Tensor], order: Int) -> Tensor {
    func derivative(_ variables: [Tensor], _ order: Int) -> Tensor {
      if order == 0 { return weighted(operation.function(variables)) }
      let y = derivative(variables, order - 1)
      let slopes = gradient(of: y, at: variables, keepingGraph: true)
      return zip(slopes, slopes.indices).reduce(Tensor(0)) { sum, slope in
        sum + (slope.0 * random(slope.0.shape, 200 + 10 * order + slope.1)).sum()
      }
    }
    return Tape.recording { tape in derivative(tape.variables(inputs), order).detached }
  }

  @Test(arguments: operations, [1, 2, 3])
  func gradientsOfEveryOrderAgreeWithCentralDifferences(_ operation: Operation, _ order: Int) {
    let exact = Double(Self.directional(operation, at: operation.inputs, order: order).scalar)
    // The difference quotient of the derivative one order below, along the same direction.
    let step: Float = 1e-2
    func moved(_ factor: Float) -> Double {
      let inputs = operation.inputs.enumerated().map { index, input in
        input + Self.random(input.shape, 200 + 10 * order + index) * (step * factor)
      }
      return Double(Self.directional(operation, at: inputs, order: order - 1).scalar)
    }
    // Five points: the error is of fourth order in the step.
    let estimate = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * Double(step))
    let size = max(1, abs(exact))
    #expect(abs(exact - estimate) < 2e-2 * size, "\(exact) against \(estimate)")
  }
}
