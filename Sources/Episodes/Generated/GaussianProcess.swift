import Randomness

/// A Gaussian process of mean 0 with the exponentiated quadratic kernel, whose values are seen with noise:
/// k(x, x') = deviation² exp(-(x - x')² / (2 length²)), and noise² more for a point with itself.
///
/// Everything is in double precision and in a fixed order, so that it gives the same bits on every machine;
/// the LAPACK of `LinearAlgebra` does not promise that.
///
/// Reference: Rasmussen, Williams (2006), Gaussian processes for machine learning, algorithm 2.1.
public struct GaussianProcess: Hashable, Sendable {
  /// How far values are alike, in units of the inputs.
  public let length: Double
  /// Of values at one place, without noise.
  public let deviation: Double
  /// The standard deviation of the noise.
  public let noise: Double

  /// A process from its parts.
  public init(length: Double, deviation: Double, noise: Double) {
    self.length = length
    self.deviation = deviation
    self.noise = noise
  }

  /// The variance of a value that is seen.
  public var variance: Double { deviation * deviation + noise * noise }

  /// Values with noise of one function drawn from the process.
  ///
  /// - Complexity: O(inputs³): some 10 microseconds for 20 of them.
  public func values(at inputs: [Double], from random: inout RandomGenerator) -> [Double] {
    let root = root(inputs)
    let normals = inputs.map { _ in random.normal() }
    return inputs.indices.map { i in
      let row = Self.start(ofRow: i)
      return (0...i).reduce(0) { $0 + root[row + $1] * normals[$1] }
    }
  }

  /// What is to be expected of a further value, seen with noise, at each of some places.
  ///
  /// - Precondition: As many values as inputs; none are needed.
  /// - Complexity: O(inputs³ + places · inputs²).
  public func posterior(
    given inputs: [Double], _ values: [Double], at places: [Double]
  ) -> [(mean: Double, deviation: Double)] {
    precondition(inputs.count == values.count, "one value for each input")
    let root = root(inputs)
    let whitened = Self.solved(root, values)
    return places.map { place in
      let shared = Self.solved(root, inputs.map { covariance($0, place) })
      let mean = zip(shared, whitened).reduce(0) { $0 + $1.0 * $1.1 }
      let known = shared.reduce(0) { $0 + $1 * $1 }
      return (mean, (variance - known).squareRoot())
    }
  }

  private func covariance(_ a: Double, _ b: Double) -> Double {
    let distance = (a - b) / length
    return deviation * deviation * Elementary.exp(-0.5 * distance * distance)
  }

  /// The lower triangle L of the covariance L Lᵀ of values at some inputs (Cholesky), row after row.
  private func root(_ inputs: [Double]) -> [Double] {
    let size = Self.start(ofRow: inputs.count)
    return [Double](unsafeUninitializedCapacity: size) { root, count in
      for i in inputs.indices {
        let row = root.baseAddress! + Self.start(ofRow: i)
        var own = variance
        for j in 0..<i {
          let other = root.baseAddress! + Self.start(ofRow: j)
          var rest = covariance(inputs[i], inputs[j])
          for k in 0..<j { rest -= row[k] * other[k] }
          row[j] = rest / other[j]
          own -= row[j] * row[j]
        }
        row[i] = own.squareRoot()
      }
      count = size
    }
  }

  /// The solution x of L x = `right`.
  private static func solved(_ root: [Double], _ right: [Double]) -> [Double] {
    var solution = right
    for i in right.indices {
      let row = start(ofRow: i)
      var rest = right[i]
      for k in 0..<i { rest -= root[row + k] * solution[k] }
      solution[i] = rest / root[row + i]
    }
    return solution
  }

  private static func start(ofRow row: Int) -> Int { row * (row + 1) / 2 }
}
