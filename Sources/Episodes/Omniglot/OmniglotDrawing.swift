/// One drawing as Omniglot publishes it: 105 x 105 pixels, black ink on white.
package enum OmniglotDrawing {
  static let side = 105

  /// The pixels of a PNG file, `[105, 105]`: 1 where there is ink, 0 elsewhere.
  ///
  /// - Throws: `EpisodesError.badImage` naming `entry`.
  package static func ink(png: [UInt8], entry: String) throws -> [UInt8] {
    var pixels: [UInt8]
    do throws(UnusableImage) {
      pixels = try PNG.pixels(of: png, height: side, width: side, channels: 1)
    } catch {
      throw EpisodesError.badImage(entry: entry, reason: error.reason)
    }
    for index in pixels.indices { pixels[index] = pixels[index] < 128 ? 1 : 0 }
    return pixels
  }

  /// The drawing reduced to `[28, 28]` by area averaging: each pixel is the part of its area that
  /// is inked, times 255 and rounded.
  ///
  /// In quarter pixels a source pixel is 4 and a target pixel 15 long, so the sums are exact.
  package static func reduced(_ ink: [UInt8]) -> [UInt8] {
    let target = Omniglot.side
    // Rows of the result are made one by one: first columns are summed up, then the sums.
    var result: [UInt8] = []
    result.reserveCapacity(target * target)
    var column = [Int32](repeating: 0, count: side)
    for y in 0..<target {
      for x in 0..<side { column[x] = 0 }
      for (row, weight) in spans[y] {
        for x in 0..<side { column[x] &+= Int32(ink[row &* side &+ x]) &* weight }
      }
      for x in 0..<target {
        let sum = spans[x].reduce(Int32(0)) { $0 + column[$1.source] * $1.weight }
        result.append(UInt8((2 * 255 * sum + 225) / 450))
      }
    }
    return result
  }

  /// For each target pixel the source pixels it covers, with how many quarters of each.
  private static let spans: [[(source: Int, weight: Int32)]] = (0..<Omniglot.side).map { target in
    (15 * target / 4...(15 * target + 14) / 4).map { source in
      let overlap = min(15 * target + 15, 4 * source + 4) - max(15 * target, 4 * source)
      return (source, Int32(overlap))
    }
  }
}
