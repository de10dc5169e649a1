import Foundation

/// The noncentral t distribution: of (Z + δ) / √(χ²/ν).
///
/// Probabilities have an absolute error below 1e-13.
package struct NoncentralT {
  package let degreesOfFreedom: Double
  package let noncentrality: Double

  /// The distribution with `degreesOfFreedom` ν and `noncentrality` δ.
  package init(degreesOfFreedom: Double, noncentrality: Double) {
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  /// The probability of a value above `t`.
  ///
  /// The mean of Φ(δ − t s) over s = √(χ²/ν), by the trapezoidal rule in log s, which converges
  /// exponentially: the integrand is analytic and falls off at both sides.
  package func upperTail(_ t: Double) -> Double {
    let ν = degreesOfFreedom
    // The density of u = log s is proportional to exp(ν (u − (e^2u − 1) / 2)).
    func logDensity(_ u: Double) -> Double { ν * (u - expm1(2 * u) / 2) }
    let step = min(1 / 16, 0.5 / (2 * ν).squareRoot(), 0.6 / (1 + abs(t)))
    var weights: [Double] = []
    var values: [Double] = []
    for direction in [-1.0, 1.0] {
      var k = direction < 0 ? 1.0 : 0.0
      while true {
        let u = direction * k * step
        let height = logDensity(u)
        if height < -42 { break }
        weights.append(exp(height))
        values.append(exp(height) * Normal.cumulative(noncentrality - t * exp(u)))
        k += 1
      }
    }
    return Summary.sum(values) / Summary.sum(weights)
  }
}
