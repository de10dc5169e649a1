import Episodes
import Tensors

/// How inputs become rows of numbers: vectors as they are, images shrunk if asked and flattened.
///
/// A pixel of the smaller image is the mean of the area that it covers, so that a 28 x 28 image becomes
/// one of 14 x 14 by means of four pixels each, and one of 20 x 20 by overlaps (as in MANN's paper).
public struct InputEncoding: Hashable, Sendable {
  private let kind: InputKind
  private let side: Int?

  /// - Parameter side: What images are shrunk to; nil leaves them as they are.
  public init(_ kind: InputKind, side: Int? = nil) {
    self.kind = kind
    self.side = side
  }

  /// Numbers per input.
  public var width: Int {
    switch kind {
    case .images(let channels, let height, let width):
      channels * (side.map { $0 * $0 } ?? height * width)
    case .vectors(let features): features
    }
  }

  /// `[inputs, width]`, a constant.
  public func callAsFunction(_ inputs: Tensor) -> Tensor {
    guard case .images(let channels, let height, let width) = kind, let side else {
      return inputs.reshaped([inputs.shape[0], self.width])
    }
    let (rows, columns) = (overlaps(of: height, in: side), overlaps(of: width, in: side))
    return Tensor([inputs.shape[0], self.width]) { out in
      inputs.withElements { pixels in
        // First fewer rows, each as wide as before, then fewer columns.
        let length = width * channels
        withUnsafeTemporaryAllocation(of: Float.self, capacity: side * length) { flat in
          for image in 0..<inputs.shape[0] {
            flat.initialize(repeating: 0)
            for row in rows {
              let (from, to) = ((image * height + row.source) * length, row.target * length)
              for place in 0..<length { flat[to + place] += row.share * pixels[from + place] }
            }
            for row in 0..<side {
              let to = (image * side + row) * side * channels
              for place in to..<to + side * channels { out[place] = 0 }
              for column in columns {
                let (source, target) = (row * length + column.source * channels, to + column.target * channels)
                for channel in 0..<channels { out[target + channel] += column.share * flat[source + channel] }
              }
            }
          }
        }
      }
    }
  }

  /// The share that a pixel has in a pixel of the smaller image.
  private struct Overlap {
    let source: Int, target: Int, share: Float
  }

  /// All overlaps along one side, which add up to 1 for each target.
  private func overlaps(of length: Int, in side: Int) -> [Overlap] {
    // In units of 1 / (length * side) both kinds of pixels have whole edges.
    (0..<side).flatMap { target in
      (0..<length).compactMap { source in
        let low = max(source * side, target * length)
        let high = min((source + 1) * side, (target + 1) * length)
        return low < high
          ? Overlap(source: source, target: target, share: Float(high - low) / Float(length)) : nil
      }
    }
  }
}
