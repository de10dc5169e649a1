import Tensors

/// Gray images at half their size, in black and white: a pixel is 1 where a third of the four that it stands for is
/// ink, so that strokes that are a pixel thick do not break.
package struct BinaryPixels: Sendable {
  private let height: Int
  private let width: Int

  /// - Precondition: Both are even.
  package init(height: Int, width: Int) {
    precondition(height % 2 == 0 && width % 2 == 0, "four pixels become one")
    self.height = height
    self.width = width
  }

  /// Rows and columns that are left.
  package var side: (height: Int, width: Int) { (height / 2, width / 2) }

  /// Pixels that are left.
  package var count: Int { height * width / 4 }

  /// `[images, count]` from `[images, height, width, 1]`.
  package func callAsFunction(_ images: Tensor) -> Tensor {
    Tensor([images.shape[0], count]) { out in
      images.withElements { pixels in
        for image in 0..<images.shape[0] {
          for row in 0..<height / 2 {
            for column in 0..<width / 2 {
              let first = (image * height + 2 * row) * width + 2 * column
              let sum = pixels[first] + pixels[first + 1] + pixels[first + width] + pixels[first + width + 1]
              out[image * count + row * (width / 2) + column] = sum > 4.0 / 3 ? 1 : 0
            }
          }
        }
      }
    }
  }
}
