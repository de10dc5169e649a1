import Foundation
import Measures

/// Numbers in the sentences of judgements.
package enum Wording {
  /// Accuracies in points with one digit, losses as they are.
  package static func amount(_ value: Double, metric: Metric, sign: Bool = false) -> String {
    let text: String
    if metric.isShare {
      text = String(format: sign ? "%+.1f" : "%.1f", value * 100)
    } else {
      text = String(format: sign ? "%+.3g" : "%.3g", value)
    }
    return text.replacing("-", with: "−")
  }

  /// As in `−0.3 ± 1.8 points`.
  package static func difference(_ value: Double, _ halfWidth: Double?, metric: Metric) -> String {
    var text = amount(value, metric: metric, sign: true)
    if let halfWidth { text += " ± \(amount(halfWidth, metric: metric))" }
    return metric.isShare ? text + " points" : text
  }

  /// A margin with the digits that it was given: `1 point`, `0.5 points`.
  package static func margin(_ value: Double, metric: Metric) -> String {
    guard metric.isShare else { return String(format: "%g", value) }
    return String(format: "%g", value * 100) + (value == 0.01 ? " point" : " points")
  }

  /// A share in percent, with the digits that it was given: `95 %`.
  package static func percent(_ share: Double) -> String { String(format: "%g %%", share * 100) }

  /// As in `0.032` or `<0.0001`.
  package static func p(_ value: Double) -> String {
    value < 0.0001 ? "<0.0001" : String(format: value < 0.001 ? "%.4f" : "%.3f", value)
  }
}
