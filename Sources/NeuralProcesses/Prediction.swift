import Randomness

/// A system's prediction of some numbers: for each a normal, or a mixture of several with equal weights.
///
/// In double precision, as likelihoods are.
public struct Prediction: Sendable {
  /// `[components][numbers]`
  public let means: [[Double]]
  /// `[components][numbers]`, positive.
  public let deviations: [[Double]]

  /// A prediction from the components of its mixtures; one for normals.
  ///
  /// - Precondition: There is a component, and all are equally long.
  public init(means: [[Double]], deviations: [[Double]]) {
    precondition(!means.isEmpty && means.map(\.count) == deviations.map(\.count), "a deviation for each mean")
    self.means = means
    self.deviations = deviations
  }

  /// The expected numbers.
  public var mean: [Double] { Self.average(means) }

  /// The standard deviation of each number, between components and within them.
  public var deviation: [Double] {
    let inner = Self.average(deviations.map { $0.map { $0 * $0 } })
    return zip(inner, between).map { ($0 + $1).squareRoot() }
  }

  /// The mean over all numbers of the standard deviation between components: how far functions differ that are
  /// drawn. 0 for a single component.
  public var drawnDeviation: Double {
    between.reduce(0) { $0 + $1.squareRoot() } / Double(between.count)
  }

  /// The variance of each number between components.
  private var between: [Double] {
    let center = mean
    return Self.average(means.map { zip($0, center).map { ($0 - $1) * ($0 - $1) } })
  }

  /// The mean over all numbers of minus the logarithm of their density.
  ///
  /// Each number by itself, after summing over the components: the joint density of all, from which some take
  /// the mean per number, is another measure.
  public func negativeLogLikelihood(of values: [Double]) -> Double {
    let sum = values.indices.reduce(0.0) { sum, place in
      let logarithms = means.indices.map { component in
        let deviation = deviations[component][place]
        let distance = (values[place] - means[component][place]) / deviation
        return -0.5 * distance * distance - Elementary.log(deviation) - Self.halfLogTwoPi
      }
      guard logarithms.count > 1 else { return sum - logarithms[0] }
      let highest = logarithms.max()!
      let shares = logarithms.reduce(0) { $0 + Elementary.exp($1 - highest) }
      return sum - highest - Elementary.log(shares / Double(logarithms.count))
    }
    return sum / Double(values.count)
  }

  /// The mean over all numbers of the squared distance from the expected one.
  public func squaredError(of values: [Double]) -> Double {
    zip(mean, values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(values.count)
  }

  /// The same for some of the numbers.
  public func part(_ range: Range<Int>) -> Prediction {
    Prediction(means: means.map { Array($0[range]) }, deviations: deviations.map { Array($0[range]) })
  }

  static let halfLogTwoPi = 0.918938533204672741780329736406

  private static func average(_ rows: [[Double]]) -> [Double] {
    guard rows.count > 1 else { return rows[0] }
    return rows[0].indices.map { place in rows.reduce(0) { $0 + $1[place] } / Double(rows.count) }
  }
}
