import Foundation

/// A curve drawn with Braille dots, two by four to a character, for a terminal without colours.
struct TextPlot {
  /// In order of x; points that are not finite are left out.
  let points: [(x: Double, y: Double)]
  var columns = 60
  var rows = 8
  /// How a value is written at the axis.
  let label: (Double) -> String

  /// The plot with its axes; nil if there are not two points to draw.
  var text: String? {
    let points = points.filter { $0.x.isFinite && $0.y.isFinite }
    guard let first = points.first, let last = points.last, last.x > first.x else { return nil }
    let low = points.map(\.y).min()!
    let high = points.map(\.y).max()!
    let (width, height) = (2 * columns, 4 * rows)
    func column(_ x: Double) -> Int {
      Int(((x - first.x) / (last.x - first.x) * Double(width - 1)).rounded())
    }
    func row(_ y: Double) -> Int {
      high > low ? Int(((high - y) / (high - low) * Double(height - 1)).rounded()) : height / 2
    }
    var dots = [UInt32](repeating: 0, count: columns * rows)
    func draw(_ x: Int, _ y: Int) {
      // The bits of U+2800 for the left and the right dots, from above.
      let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
      dots[y / 4 * columns + x / 2] |= bits[x % 2][y % 4]
    }
    for (from, to) in zip(points, points.dropFirst()) {
      let (x0, x1, y0, y1) = (column(from.x), column(to.x), row(from.y), row(to.y))
      let steps = max(abs(x1 - x0), abs(y1 - y0), 1)
      for step in 0...steps {
        draw(x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps)
      }
    }
    let labels = [label(high), label(low)]
    let margin = labels.map(\.count).max()!
    var lines = (0..<rows).map { row in
      let name = row == 0 ? labels[0] : row == rows - 1 ? labels[1] : ""
      let characters = dots[row * columns..<(row + 1) * columns].map {
        String(UnicodeScalar(0x2800 + $0)!)
      }
      return String(repeating: " ", count: margin - name.count) + name + " ┤"
        + characters.joined()
    }
    let (left, right) = (number(first.x), number(last.x))
    lines.append(
      String(repeating: " ", count: margin + 2) + left
        + String(repeating: " ", count: max(1, columns - left.count - right.count)) + right)
    return lines.joined(separator: "\n")
  }

  private func number(_ x: Double) -> String { String(format: "%g", x) }
}
