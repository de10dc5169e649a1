import Foundation
import Measures

/// Numbers as reports print them.
enum Format {
  /// With a fixed number of digits after the point, whatever the locale; with an exponent where
  /// numbers have grown out of all bounds, as those of a diverging learner do.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    String(format: abs(value) < 1e6 ? "%.\(digits)f" : "%.1e", value)
  }

  /// Digits after the point that a score of this size is printed with: as many as the papers print.
  static func digits(metric: Metric, size: Double) -> Int {
    if metric.isShare { return 1 }
    guard size > 0, size < 0.095 else { return 2 }
    return min(8, Int((-log10(size)).rounded(.up)) + 1)
  }

  /// A score in the unit of tables: accuracy in percent.
  static func score(_ value: Double, metric: Metric, digits: Int) -> String {
    fixed(value * metric.factor, digits)
  }

  /// Different values of something, in increasing order: `1`, `1 or 5`, `1, 5 or 10`.
  static func list(_ values: some Sequence<Int>) -> String {
    list(Set(values).sorted().map(\.grouped))
  }

  /// Different numbers that are texts already, in increasing order.
  static func list(numbers texts: [String]) -> String {
    list(
      texts.distinct().sorted { a, b in
        (Double(a.replacing(",", with: "")) ?? 0) < (Double(b.replacing(",", with: "")) ?? 0)
      })
  }

  static func list(_ values: [String]) -> String {
    guard let last = values.last, values.count > 1 else { return values.first ?? "none" }
    return values.dropLast().joined(separator: ", ") + " or " + last
  }

  /// `3` as `³`, for notes under a table.
  static func superscript(_ number: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return String(String(number).map { digits[$0.wholeNumberValue!] })
  }

  /// Lower-case words joined by hyphens, fit for a file name.
  static func slug(_ text: String) -> String {
    let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.joined(separator: "-")
  }
}
