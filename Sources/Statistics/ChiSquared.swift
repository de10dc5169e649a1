import Foundation

/// The chi-squared distribution with a whole number of degrees of freedom.
///
/// Its upper tail has a relative error below 1e-12.
package struct ChiSquared {
  package let degreesOfFreedom: Int

  /// The distribution with `degreesOfFreedom`.
  ///
  /// - Precondition: `degreesOfFreedom` is above zero.
  package init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom > 0, "no such distribution")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value above `x`: a finite sum of positive terms.
  ///
  /// - Reference: Abramowitz and Stegun, 26.4.4 and 26.4.5.
  package func upperTail(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    let isOdd = degreesOfFreedom % 2 == 1
    // Terms x^(j/2) e^(−x/2) / (2^(j/2) Γ(j/2 + 1)), of j = 0, 2, ... or 1, 3, ...
    var term = isOdd
      ? (2 * x / Double.pi).squareRoot() * exp(-x / 2) : exp(-x / 2)
    var sum = isOdd ? 2 * Normal.upperTail(x.squareRoot()) : 0
    for j in stride(from: isOdd ? 1 : 0, through: degreesOfFreedom - 2, by: 2) {
      sum += term
      term *= x / Double(j + 2)
    }
    return min(1, sum)
  }
}
