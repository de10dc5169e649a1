import LinearAlgebra

/// A polynomial fitted by least squares, with confidence bands.
///
///     let fit = try PolynomialFit(x: iterations, y: accuracies, degree: 10)!
///     let y = fit.value(at: 500)
///     let band = fit.halfWidth(at: 500)   // of the mean; nil if no point is left over
///
/// The basis is Chebyshev's on x scaled to -1...1 and the solution is by Householder's QR, so that
/// high degrees keep their digits. Points are taken as independent with equal variance.
///
/// - Reference: Trefethen and Bau, Numerical Linear Algebra, lectures 10 and 11.
public struct PolynomialFit: Sendable, Equatable {
  /// The degree that was used: at most the one asked for, and below the number of different x.
  public let degree: Int
  /// The coefficients of Chebyshev's polynomials 0, 1, ... on the scaled x.
  public let coefficients: [Double]
  /// The least and the greatest x, which are scaled to -1 and 1.
  public let domain: ClosedRange<Double>
  /// The number of points.
  public let count: Int
  /// Points minus coefficients: what is left to estimate the noise from.
  public let degreesOfFreedom: Int
  /// The estimated standard deviation of the noise; nil if no degree of freedom is left.
  public let residualStandardDeviation: Double?
  /// The 2-norm condition number of the matrix of basis values; near 1 is best.
  public let conditionNumber: Double

  /// The columns of R⁻¹, for leverages.
  private let inverse: [[Double]]

  /// The fit of `degree` to the points; nil without points, or if a number is not finite.
  ///
  /// - Precondition: `x` and `y` have the same length, and `degree` is not negative.
  /// - Throws: `LinearAlgebraError`: `.unavailable`; `.singular` where different x are so close together
  ///   that the basis does not tell them apart; `.notConverged`.
  /// - Complexity: O(points · degree²).
  public init?(x: [Double], y: [Double], degree: Int) throws {
    precondition(x.count == y.count, "one y per x")
    precondition(degree >= 0, "a degree is not negative")
    guard let least = x.min(), let greatest = x.max(), (x + y).allSatisfy(\.isFinite) else {
      return nil
    }
    let domain = least...greatest
    let degree = min(degree, Set(x).count - 1)
    let qr = try QR(
      Matrix(rows: x.map { Self.basis(at: Self.scaled($0, in: domain), degree: degree) }))
    let rotated = try qr.rotated(y)
    let freedom = x.count - degree - 1
    self.degree = degree
    self.domain = domain
    count = x.count
    degreesOfFreedom = freedom
    coefficients = try qr.upper.solve(Array(rotated[...degree]))
    inverse = try (0...degree).map { place in
      try qr.upper.solve((0...degree).map { $0 == place ? 1 : 0 })
    }
    conditionNumber = try SVD(qr.upper.matrix).conditionNumber
    residualStandardDeviation = freedom > 0
      ? (Summary.sum(rotated[(degree + 1)...].map { $0 * $0 }) / Double(freedom)).squareRoot()
      : nil
  }

  /// The fitted value at `x`; outside of `domain` it soon means nothing.
  public func value(at x: Double) -> Double {
    Summary.sum(zip(coefficients, basis(at: x)).map(*))
  }

  /// Half the height of the confidence band of the fitted mean at `x`; nil if no degree of freedom
  /// is left.
  public func halfWidth(at x: Double, confidence: Double = 0.95) -> Double? {
    scale(confidence).map { $0 * leverage(at: x).squareRoot() }
  }

  /// Half the height of the band that holds a single further point at `x`; nil if no degree of
  /// freedom is left.
  public func predictionHalfWidth(at x: Double, confidence: Double = 0.95) -> Double? {
    scale(confidence).map { $0 * (1 + leverage(at: x)).squareRoot() }
  }

  /// The coefficients of 1, x, x², ..., as others print them. They soon lose digits, or overflow,
  /// where x is far from zero or spread widely: to compute values, use `value(at:)`.
  package var powerCoefficients: [Double] {
    // Chebyshev's recursion on polynomials of x, of which scaled(x) = shift + slope x is the first.
    let width = domain.upperBound - domain.lowerBound
    let slope = width > 0 ? 2 / width : 0
    let shift = width > 0 ? -(domain.lowerBound + domain.upperBound) / width : 0
    var (last, next) = ([1.0], [shift, slope])
    var powers = [Double](repeating: 0, count: degree + 1)
    for coefficient in coefficients {
      for (power, factor) in last.enumerated() { powers[power] += coefficient * factor }
      var following = [Double](repeating: 0, count: next.count + 1)
      for (power, factor) in next.enumerated() {
        following[power] += 2 * shift * factor
        following[power + 1] += 2 * slope * factor
      }
      for (power, factor) in last.enumerated() { following[power] -= factor }
      (last, next) = (next, following)
    }
    return powers
  }

  private func scale(_ confidence: Double) -> Double? {
    residualStandardDeviation.map {
      $0 * StudentT(degreesOfFreedom: Double(degreesOfFreedom)).quantile((1 + confidence) / 2)
    }
  }

  private func leverage(at x: Double) -> Double {
    let basis = basis(at: x)
    return Summary.sum(
      inverse.map { column in
        let product = Summary.sum(zip(column, basis).map(*))
        return product * product
      })
  }

  private func basis(at x: Double) -> [Double] {
    Self.basis(at: Self.scaled(x, in: domain), degree: degree)
  }

  private static func scaled(_ x: Double, in domain: ClosedRange<Double>) -> Double {
    let width = domain.upperBound - domain.lowerBound
    return width > 0 ? ((x - domain.lowerBound) - (domain.upperBound - x)) / width : 0
  }

  private static func basis(at u: Double, degree: Int) -> [Double] {
    var values = [1, u]
    while values.count <= degree {
      values.append(2 * u * values[values.count - 1] - values[values.count - 2])
    }
    return Array(values[...degree])
  }
}
