/// A square grey image on which curves are drawn; the square has the corners (0, 0) and (1, 1).
struct Canvas {
  private let side: Int
  private(set) var bytes: [UInt8]

  init(side: Int) {
    self.side = side
    bytes = Array(repeating: 0, count: side * side)
  }

  mutating func clear() {
    for index in bytes.indices { bytes[index] = 0 }
  }

  /// Draws a smooth curve (Catmull and Rom's) through `points` with a round pen.
  ///
  /// - Parameter radius: The pen's radius in pixels.
  mutating func drawCurve(through points: [SIMD2<Double>], radius: Double) {
    let last = points.count - 1
    for index in 0..<last {
      let from = points[index] * Double(side)
      let to = points[index + 1] * Double(side)
      let before = index > 0 ? points[index - 1] * Double(side) : 2 * from - to
      let after = index + 1 < last ? points[index + 2] * Double(side) : 2 * to - from
      let span = to - from
      let steps = 1 + Int(2.5 * (span.x * span.x + span.y * span.y).squareRoot())
      for step in 0...steps {
        let t = Double(step) / Double(steps)
        let back = from - to
        let cubic = 3 * back + after - before
        let square = 2 * before - 5 * from + 4 * to - after
        let line = to - before
        stamp(at: from + 0.5 * t * (line + t * (square + t * cubic)), radius: radius)
      }
    }
  }

  /// Inks the pixels under the pen: fully inside, less over one pixel's width at the rim.
  private mutating func stamp(at point: SIMD2<Double>, radius: Double) {
    let reach = radius + 0.5
    let rows = pixels(from: point.y - reach, to: point.y + reach)
    let columns = pixels(from: point.x - reach, to: point.x + reach)
    for y in rows {
      let dy = Double(y) + 0.5 - point.y
      for x in columns {
        let dx = Double(x) + 0.5 - point.x
        let cover = reach - (dx * dx + dy * dy).squareRoot()
        guard cover > 0 else { continue }
        let ink = UInt8(255 * min(cover, 1) + 0.5)
        if ink > bytes[y * side + x] { bytes[y * side + x] = ink }
      }
    }
  }

  private func pixels(from low: Double, to high: Double) -> Range<Int> {
    let first = max(0, Int(low.rounded(.down)))
    return first..<max(first, min(side, Int(high.rounded(.up))))
  }
}
