import Foundation

/// How often something held in a simulation.
struct Share {
  private(set) var held = 0
  private(set) var trials = 0

  var value: Double { Double(held) / Double(trials) }

  /// Percent with one digit, as tables print it.
  var text: String { String(format: "%.1f", 100 * value) }

  mutating func count(_ holds: Bool) {
    trials += 1
    if holds { held += 1 }
  }

  /// Whether the true share may well lie in `range`: no further outside than `errors` standard
  /// errors of a share of 95 %.
  func fits(_ range: ClosedRange<Double>, errors: Double) -> Bool {
    let slack = errors * (0.95 * 0.05 / Double(trials)).squareRoot()
    return value >= range.lowerBound - slack && value <= range.upperBound + slack
  }
}
