/// Rows with a name each over one common axis: what all figures of this project share that compare
/// algorithms by name.
struct RowPlot {
  /// Wide enough for a column of text, and still legible on a phone.
  static let width = 540.0

  var svg: SVG
  let axis: Axis
  /// Where the axis begins and ends.
  let left: Double
  let right: Double

  /// - Parameters:
  ///   - names: Those of the rows, for which room is made.
  ///   - margin: Room to the right of the axis.
  init(names: [String], axis: Axis, height: Double, margin: Double = 16) {
    svg = SVG(width: Self.width, height: height)
    self.axis = axis
    left = min(226, 18 + 7.2 * Double(names.map { Self.short($0).count }.max() ?? 0))
    right = Self.width - margin
  }

  /// Where `value` is on the axis.
  func x(_ value: Double) -> Double {
    let share = (value - axis.range.lowerBound) / (axis.range.upperBound - axis.range.lowerBound)
    return left + min(max(share, 0), 1) * (right - left)
  }

  /// The row's name, set before the axis.
  mutating func name(_ name: String, at y: Double) {
    svg.text(Self.short(name), left - 12, y + 5, .end)
  }

  /// Lines from `top` to `bottom` at the ticks, and what they stand for below.
  mutating func ticks(from top: Double, to bottom: Double, label: String) {
    for tick in axis.ticks {
      svg.line(x(tick), top, x(tick), bottom, "grid")
      svg.text(axis.text(tick), x(tick), bottom + 19, .middle, "quiet small")
    }
    svg.text(label, (left + right) / 2, bottom + 42, .middle, "quiet small")
  }

  /// A name that fits: long ones lose their middle.
  private static func short(_ name: String) -> String {
    name.count <= 30 ? name : name.prefix(18) + "…" + name.suffix(11)
  }
}
