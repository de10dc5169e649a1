import Episodes
import Randomness
import Tensors

/// Distorted copies of drawings, so that pairs are more than are drawn: rotation up to 10 degrees, shear up to
/// 0.3, scale 0.8 to 1.2, shift up to some pixels, each of these with probability one half.
///
/// Koch (2015), section 3.3, adds eight such copies to every pair, and leaves it in its first form as well: here
/// every pair is new, and in its first form with probability 1 / (copies + 1). Each image of a pair is
/// distorted by a map of its own. Pixels are read by bilinear interpolation about the centre; outside there is
/// no ink.
package struct AffineCopies: Sendable {
  /// Distorted copies of each pair in its first form; 0 for none.
  package let copies: Int
  /// The largest shift, in pixels.
  package let shift: Double

  package init(copies: Int, shift: Double) {
    self.copies = copies
    self.shift = shift
  }

  /// Where the pixel at (x, y) from the centre comes from: `matrix` times it, and then the shift.
  package struct Map: Equatable, Sendable {
    package var xx = 1.0, xy = 0.0, yx = 0.0, yy = 1.0
    package var x = 0.0, y = 0.0

    /// The identity.
    package init() {}

    /// This map after another one, whose shift is 0.
    func after(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Map {
      var map = self
      (map.xx, map.xy) = (xx * a + xy * c, xx * b + xy * d)
      (map.yx, map.yy) = (yx * a + yy * c, yx * b + yy * d)
      return map
    }
  }

  /// A map whose parts are there or not.
  package func map(from random: inout RandomGenerator) -> Map {
    func amount(_ range: ClosedRange<Double>, _ random: inout RandomGenerator) -> Double? {
      random.uniform() < 0.5 ? random.uniform(in: range) : nil
    }
    var map = Map()
    if let degrees = amount(-10...10, &random) {
      let angle = degrees * Double.pi / 180
      let (c, s) = (Elementary.cos(angle), Elementary.sin(angle))
      map = map.after(c, -s, s, c)
    }
    if let shear = amount(-0.3...0.3, &random) { map = map.after(1, shear, 0, 1) }
    if let shear = amount(-0.3...0.3, &random) { map = map.after(1, 0, shear, 1) }
    if let scale = amount(0.8...1.2, &random) { map = map.after(1 / scale, 0, 0, 1) }
    if let scale = amount(0.8...1.2, &random) { map = map.after(1, 0, 0, 1 / scale) }
    if let x = amount(-shift...shift, &random) { map.x = x }
    if let y = amount(-shift...shift, &random) { map.y = y }
    return map
  }

  /// Pairs, most of them distorted.
  package func callAsFunction(_ pairs: DrawingPairs, from stream: RandomStream) -> DrawingPairs {
    guard copies > 0 else { return pairs }
    let maps = (0..<pairs.count).map { index -> (first: Map, second: Map)? in
      var random = stream.child("copy", index).generator()
      guard random.integer(below: copies + 1) > 0 else { return nil }
      return (map(from: &random), map(from: &random))
    }
    return DrawingPairs(
      first: Self.distorted(pairs.first, by: maps.map { $0?.first }),
      second: Self.distorted(pairs.second, by: maps.map { $0?.second }), same: pairs.same)
  }

  /// Every image `[images, height, width, channels]` by its own map, if it has one.
  package static func distorted(_ images: Tensor, by maps: [Map?]) -> Tensor {
    let (height, width, channels) = (images.shape[1], images.shape[2], images.shape[3])
    let size = height * width * channels
    return Tensor(images.shape) { out in
      images.withElements { pixels in
        for (image, map) in maps.enumerated() {
          let from = UnsafeBufferPointer(rebasing: pixels[image * size..<(image + 1) * size])
          for index in 0..<size { out[image * size + index] = from[index] }
          guard let map else { continue }
          let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
          for row in 0..<height {
            for column in 0..<width {
              let (x, y) = (Double(column) - middleX, Double(row) - middleY)
              let fromX = map.xx * x + map.xy * y + map.x + middleX
              let fromY = map.yx * x + map.yy * y + map.y + middleY
              let (left, top) = (Int(fromX.rounded(.down)), Int(fromY.rounded(.down)))
              let (a, b) = (Float(fromX - Double(left)), Float(fromY - Double(top)))
              for channel in 0..<channels {
                func pixel(_ row: Int, _ column: Int) -> Float {
                  guard (0..<height).contains(row), (0..<width).contains(column) else { return 0 }
                  return from[(row * width + column) * channels + channel]
                }
                out[image * size + (row * width + column) * channels + channel] =
                  (1 - b) * ((1 - a) * pixel(top, left) + a * pixel(top, left + 1))
                  + b * ((1 - a) * pixel(top + 1, left) + a * pixel(top + 1, left + 1))
              }
            }
          }
        }
      }
    }
  }
}
