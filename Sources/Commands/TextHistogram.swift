import Foundation

/// How values are spread, as bars of eighths of a character.
struct TextHistogram {
  let values: [Double]
  var bins = 12
  var columns = 50
  /// How the end of a bin is written.
  let label: (Double) -> String

  /// One line per bin, from the lowest; nil if there are no finite values.
  var text: String? {
    let values = values.filter(\.isFinite)
    guard let low = values.min(), let high = values.max() else { return nil }
    let count = high > low ? bins : 1
    let width = (high - low) / Double(count)
    var counts = [Int](repeating: 0, count: count)
    for value in values {
      counts[high > low ? min(count - 1, Int((value - low) / width)) : 0] += 1
    }
    let most = counts.max()!
    return TextTable(
      rows: counts.enumerated().map { index, number in
        let from = low + Double(index) * width
        let name = count == 1 ? label(low) : "\(label(from)) – \(label(from + width))"
        return [name, bar(number, of: most) + " \(number)"]
      }
    ).text
  }

  private func bar(_ number: Int, of most: Int) -> String {
    let eighths = Int((Double(number) / Double(most) * Double(8 * columns)).rounded(.up))
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + rest
  }
}
