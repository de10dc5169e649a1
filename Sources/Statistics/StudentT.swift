import Foundation

/// Student's t distribution.
///
///     StudentT(degreesOfFreedom: 599).quantile(0.975)  // 1.96393...
///
/// Probabilities and quantiles have a relative error below 1e-12, in the smaller tail too.
///
/// - Reference: Abramowitz and Stegun, 26.5.8 (continued fraction of the incomplete beta function)
///   and 26.7.1; for many degrees of freedom, Takahasi and Mori, Double exponential formulas for
///   numerical integration, Publications of the Research Institute for Mathematical Sciences 9
///   (1974).
public struct StudentT: Sendable, Equatable {
  /// The degrees of freedom, above zero.
  public let degreesOfFreedom: Double

  /// The distribution with `degreesOfFreedom`.
  ///
  /// - Precondition: `degreesOfFreedom` is finite and above zero.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom.isFinite && degreesOfFreedom > 0, "no such distribution")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The density at `t`.
  public func density(_ t: Double) -> Double {
    let ν = degreesOfFreedom
    return gammaRatio(ν / 2) / (ν * Double.pi).squareRoot()
      * exp(-(ν + 1) / 2 * log1p(t * t / ν))
  }

  /// The probability of a value up to `t`.
  public func cumulative(_ t: Double) -> Double {
    t > 0 ? 1 - upperTail(t) : upperTail(-t)
  }

  /// The probability of a value above `t`; unlike `1 - cumulative(t)` it keeps its digits far out.
  ///
  /// - Complexity: O(√degreesOfFreedom) up to 10,000 degrees of freedom, O(1) above.
  public func upperTail(_ t: Double) -> Double {
    guard !t.isNaN else { return t }
    guard t >= 0 else { return 1 - upperTail(-t) }
    guard t.isFinite else { return 0 }
    guard degreesOfFreedom <= 10_000 else { return integratedTail(t) }
    let a = degreesOfFreedom / 2
    let square = t * t / degreesOfFreedom
    // x = ν / (ν + t²); x^a √(1 - x) / B(a, 1/2)
    let x = 1 / (1 + square)
    let y = square / (1 + square)
    let front = gammaRatio(a) / Double.pi.squareRoot() * exp(-a * log1p(square)) * y.squareRoot()
    return x < (a + 1) / (a + 2.5)
      ? front * betaFraction(x, a, 0.5) / a / 2
      : 0.5 - front * betaFraction(y, 0.5, a)
  }

  /// The upper tail where the continued fraction takes long and loses digits.
  ///
  /// With t = √ν sinh w the density's integral is one of 1 / cosh^ν from w on: what stands at w is
  /// taken out, and the rest, all positive, is summed up by the double exponential rule.
  private func integratedTail(_ t: Double) -> Double {
    guard t > 0 else { return 0.5 }
    let ν = degreesOfFreedom
    let slope = t / (ν + t * t).squareRoot()
    let scale = 1 / (ν * slope + ν.squareRoot())
    let step = 0.125
    var sum = 0.0
    for k in -30...30 {
      // cosh(w + v) / cosh w is cosh v + slope · sinh v.
      let s = step * Double(k)
      let v = scale * exp(s - exp(-s))
      let growth = expm1(v)
      let rise = (growth * growth + slope * growth * (2 + growth)) / (2 * (1 + growth))
      sum += exp(-ν * log1p(rise)) * v * (1 + exp(-s))
    }
    return gammaRatio(ν / 2) / Double.pi.squareRoot() * exp(-ν / 2 * log1p(t * t / ν)) * sum * step
  }

  /// The value below which a share `probability` of the distribution lies.
  ///
  /// - Precondition: `probability` is above 0 and below 1.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability between 0 and 1")
    let tail = min(probability, 1 - probability)
    guard tail < 0.5 else { return 0 }
    var low = 0.0
    var high = 1.0
    while upperTail(high) > tail {
      low = high
      high *= 2
    }
    // Newton's method, and bisection where it would leave the bracket.
    var t = (low + high) / 2
    for _ in 0..<200 {
      let excess = upperTail(t) - tail
      if excess > 0 { low = t } else { high = t }
      var next = t + excess / density(t)
      if !(next > low && next < high) { next = (low + high) / 2 }
      let step = abs(next - t)
      t = next
      if step <= 1e-15 * t { break }
    }
    return probability < 0.5 ? -t : t
  }
}

/// Γ(x + 1/2) / Γ(x): by its asymptotic series, to which small arguments are shifted.
private func gammaRatio(_ x: Double) -> Double {
  var shifted = x
  var factor = 1.0
  while shifted < 40 {
    factor *= shifted / (shifted + 0.5)
    shifted += 1
  }
  let r = 1 / shifted
  let series = 1 + r * (-1.0 / 8 + r * (1.0 / 128 + r * (5.0 / 1024 + r * (-21.0 / 32768
    + r * (-399.0 / 262144 + r * (869.0 / 4194304 + r * (39325.0 / 33554432)))))))
  return factor * shifted.squareRoot() * series
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  var c = 1.0
  var d = 1 - (a + b) * x / (a + 1)
  if abs(d) < tiny { d = tiny }
  d = 1 / d
  var value = d
  for step in 1...100_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    var change = 1.0
    for term in [even, odd] {
      d = 1 + term * d
      if abs(d) < tiny { d = tiny }
      d = 1 / d
      c = 1 + term / c
      if abs(c) < tiny { c = tiny }
      change = c * d
      value *= change
    }
    if abs(change - 1) < 1e-16 { break }
  }
  return value
}
