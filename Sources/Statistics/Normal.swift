import Foundation

/// The standard normal distribution.
///
///     Normal.quantile(0.975)  // 1.95996...
///
/// Probabilities have a relative error below 1e-14 wherever they are normal numbers, and quantiles
/// one below 1e-15: in the tails too.
public enum Normal {
  /// The density at `x`.
  public static func density(_ x: Double) -> Double {
    exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }

  /// The probability of a value up to `x`; its digits are kept far below zero.
  public static func cumulative(_ x: Double) -> Double {
    guard x.isFinite else { return x.isNaN ? x : x > 0 ? 1 : 0 }
    // x / √2 in two parts: in the tail an error of the argument weighs x² times as much.
    let high = -x * 0.5.squareRoot()
    let low = (-high).addingProduct(-x, 0.5.squareRoot()) + -x * restOfRoot
    return (erfc(high) - slope * exp(-high * high) * low) / 2
  }

  /// The probability of a value above `x`; its digits are kept far above zero.
  public static func upperTail(_ x: Double) -> Double { cumulative(-x) }

  /// The value below which a share `probability` of the distribution lies.
  ///
  /// Found by Halley's method from a rational first guess.
  ///
  /// - Precondition: `probability` is above 0 and below 1.
  /// - Reference: Abramowitz and Stegun, 26.2.23 (first guess).
  public static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability between 0 and 1")
    let isLower = probability < 0.5
    let tail = isLower ? probability : 1 - probability
    let s = (-2 * log(tail)).squareRoot()
    // x is minus the quantile of the smaller tail: not negative.
    var x = max(
      0,
      s - (2.515517 + s * (0.802853 + s * 0.010328))
        / (1 + s * (1.432788 + s * (0.189269 + s * 0.001308))))
    for _ in 0..<4 {
      // Near the middle the distance from 1/2 keeps the digits, elsewhere the tail does.
      let excess = tail > 0.25
        ? (0.5 - tail) - erf(x * 0.5.squareRoot()) / 2 : upperTail(x) - tail
      let step = excess / density(x)
      x += step / (1 - x * step / 2)
    }
    return isLower ? -x : x
  }

  /// √(1/2) minus its rounded value.
  private static let restOfRoot = -4.833646656726457e-17
  /// Minus the derivative of erfc at zero.
  private static let slope = 2 / Double.pi.squareRoot()
}
