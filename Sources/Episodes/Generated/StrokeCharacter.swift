import Randomness

/// One character to be drawn: its strokes, as control points in a square of side 1 about the origin.
struct StrokeCharacter {
  private var strokes: [[Point]] = []

  typealias Point = SIMD2<Double>

  /// A character of given strokes, centred in a box of height or width 1.
  init(strokes: [[Point]]) { self.strokes = strokes }

  init(from random: inout RandomGenerator) {
    for _ in 0..<[1, 2, 2, 2, 3, 3, 3, 4][random.integer(below: 8)] {
      strokes.append(Self.stroke(after: strokes, from: &random))
    }
    center()
  }

  /// A walk of three to five points that bends mostly to one side.
  private static func stroke(
    after strokes: [[Point]], from random: inout RandomGenerator
  ) -> [Point] {
    var point = Point(random.uniform(in: -0.5...0.5), random.uniform(in: -0.5...0.5))
    if !strokes.isEmpty, random.uniform() < 0.5 {
      let earlier = strokes[random.integer(below: strokes.count)]
      point = earlier[random.integer(below: earlier.count)]
    }
    var direction = random.uniform(in: -Double.pi...Double.pi)
    let bend = 0.8 * random.truncatedNormal()
    var points = [point]
    for _ in 0..<2 + random.integer(below: 3) {
      let length = random.uniform(in: 0.25...0.6)
      point += length * Point(Elementary.cos(direction), Elementary.sin(direction))
      points.append(point)
      direction += bend + 0.45 * random.normal()
    }
    return points
  }

  /// Moves the middle of the bounding box to the origin and makes its longer side 1.
  private mutating func center() {
    var low = Point(repeating: .infinity)
    var high = Point(repeating: -.infinity)
    for point in strokes.joined() {
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    let middle = (low + high) / 2
    let size = max(high.x - low.x, high.y - low.y)
    strokes = strokes.map { $0.map { ($0 - middle) / size } }
  }

  /// Draws the character as one drawer would.
  func draw(on canvas: inout Canvas, from random: inout RandomGenerator) {
    let angle = 0.15 * random.normal()
    let (cosine, sine) = (Elementary.cos(angle), Elementary.sin(angle))
    let size = Point(
      0.66 * Elementary.exp(0.1 * random.normal()), 0.66 * Elementary.exp(0.1 * random.normal()))
    let slant = 0.12 * random.normal()
    let place = Point(0.5 + 0.035 * random.normal(), 0.5 + 0.035 * random.normal())
    let radius = 0.7 * Elementary.exp(0.15 * random.normal())
    for stroke in strokes {
      let points = stroke.map { point in
        let moved = point + 0.045 * Point(random.normal(), random.normal())
        let scaled = Point(moved.x + slant * moved.y, moved.y) * size
        return place
          + Point(cosine * scaled.x - sine * scaled.y, sine * scaled.x + cosine * scaled.y)
      }
      canvas.drawCurve(through: points, radius: radius)
    }
  }
}
