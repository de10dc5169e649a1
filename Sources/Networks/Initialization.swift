import Randomness
import Tensors

extension Tensor {
  /// Uniform in ±sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010, equation 16).
  static func glorotUniform(_ shape: Shape, fanIn: Int, fanOut: Int, _ random: RandomStream) -> Tensor {
    let limit = (6 / Double(fanIn + fanOut)).squareRoot()
    var generator = random.generator()
    return Tensor(shape) { out in
      for index in out.indices { out[index] = Float(generator.uniform(in: -limit...limit)) }
    }
  }

  /// Normal, cut off at two standard deviations.
  static func truncatedNormal(_ shape: Shape, deviation: Double, _ random: RandomStream) -> Tensor {
    var generator = random.generator()
    return Tensor(shape) { out in
      for index in out.indices { out[index] = Float(deviation * generator.truncatedNormal()) }
    }
  }

  /// Normal of mean 0.
  package static func normal(_ shape: Shape, deviation: Double, _ random: RandomStream) -> Tensor {
    var generator = random.generator()
    return Tensor(shape) { out in
      for index in out.indices { out[index] = Float(deviation * generator.normal()) }
    }
  }

  /// Uniform in a range.
  package static func uniform(
    _ shape: Shape, in range: ClosedRange<Double>, _ random: RandomStream
  ) -> Tensor {
    var generator = random.generator()
    return Tensor(shape) { out in
      for index in out.indices { out[index] = Float(generator.uniform(in: range)) }
    }
  }

  /// The matrix with ones on its diagonal.
  package static func identity(_ size: Int) -> Tensor {
    Tensor([size, size]) { out in
      out.initialize(repeating: 0)
      for index in 0..<size { out[index * (size + 1)] = 1 }
    }
  }
}
