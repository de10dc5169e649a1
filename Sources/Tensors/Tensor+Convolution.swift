import CKernels
import COpenBLAS

// Convolution and its two gradients. Each is linear in both of its arguments, and they
// differentiate into each other:
//
//   y  = convolution(x, w)            dx = inputGradient(g, w)      dw = filterGradient(x, g)
//   x' = inputGradient(g, w)          dg = convolution(v, w)        dw = filterGradient(v, g)
//   w' = filterGradient(x, g)         dx = inputGradient(g, v)      dg = convolution(x, v)
//
// All three are products with the unfolded images. Unfolding costs a third of a product, so an
// episode's unfolded images are kept with the tape for as long as they fit into the cache.

extension Tensor {
  /// The convolution of images with square filters (cross-correlation, as everywhere in this field).
  ///
  /// - Parameters:
  ///   - filters: `[out, in, kernel, kernel]`.
  ///   - padding: Zeros around each image.
  /// - Returns: `[out, images, height', width']` for images `[in, images, height, width]`.
  public func convolution(_ filters: Tensor, stride: Int, padding: Int) -> Tensor {
    Unfolded(
      self, Geometry(images: shape, kernel: filters.shape[3], stride: stride, padding: padding)
    ).convolution(filters)
  }
}

/// How filters move over images of one size.
struct Geometry: Equatable {
  let images: Shape
  let kernel: Int
  let stride: Int
  let padding: Int

  var channels: Int { images[0] }
  var count: Int { images[1] }
  var outHeight: Int { (images[2] + 2 * padding - kernel) / stride + 1 }
  var outWidth: Int { (images[3] + 2 * padding - kernel) / stride + 1 }
  var pixels: Int { outHeight * outWidth }
  /// Rows of the unfolded matrix.
  var taps: Int { channels * kernel * kernel }

  var c: mb_geometry {
    mb_geometry(
      channels: channels, height: images[2], width: images[3], kernel: kernel, stride: stride,
      padding: padding, out_height: outHeight, out_width: outWidth)
  }

  /// Images that are unfolded and multiplied at a time: as many as keep the matrix near the cache.
  var imagesPerBlock: Int { max(1, min(count, 512 / pixels)) }
  var blockCount: Int { (count + imagesPerBlock - 1) / imagesPerBlock }

  func block(_ index: Int) -> Range<Int> {
    index * imagesPerBlock..<min(count, (index + 1) * imagesPerBlock)
  }
}

/// Images together with their unfolded matrix, which is made when it is first needed.
final class Unfolded: @unchecked Sendable {
  let images: Tensor
  let geometry: Geometry
  private var kept: Buffer?

  init(_ images: Tensor, _ geometry: Geometry) {
    self.images = images
    self.geometry = geometry
  }

  /// Calls `body` with the matrix `[taps, images of the block x pixels]` of one block.
  private func withColumns(_ block: Range<Int>, _ body: (UnsafePointer<Float>) -> Void) {
    let g = geometry
    if g.blockCount == 1, let kept { return body(kept.elements) }
    let columns = Buffer(count: g.taps * block.count * g.pixels)
    var geometry = g.c
    mb_unfold(
      &geometry, images.buffer.elements, g.count, block.lowerBound, block.count, columns.elements)
    if g.blockCount == 1 { kept = columns }
    withExtendedLifetime(columns) { body(columns.elements) }
  }

  func convolution(_ filters: Tensor) -> Tensor {
    let g = geometry
    let out = filters.shape[0]
    let columns = g.count * g.pixels
    let result = Tensor([out, g.count, g.outHeight, g.outWidth]) { y in
      let y = y.baseAddress!
      Workers.forEach(g.blockCount) { index in
        let block = g.block(index)
        withColumns(block) { unfolded in
          BLAS.product(
            false, false, out, block.count * g.pixels, g.taps,
            filters.buffer.elements, g.taps, unfolded, block.count * g.pixels,
            y + block.lowerBound * g.pixels, columns)
        }
      }
    }
    return result.recorded(from: [images, filters]) { [self] cotangent in
      [
        images.isVariable ? inputGradient(cotangent, filters, g) : nil,
        filters.isVariable ? filterGradient(cotangent) : nil,
      ]
    }
  }

  /// The gradient with respect to the filters, `[out, in, kernel, kernel]`, for a cotangent of the
  /// convolution.
  func filterGradient(_ cotangent: Tensor) -> Tensor {
    let g = geometry
    let out = cotangent.shape[0]
    let columns = g.count * g.pixels
    let size = out * g.taps
    // A fixed number of partial sums, added in order: the same for any number of threads.
    let parts = min(8, g.blockCount)
    let partial = Buffer(count: parts * size)
    Workers.forEach(parts) { part in
      let target = partial.elements + part * size
      for (turn, index) in Swift.stride(from: part, to: g.blockCount, by: parts).enumerated() {
        let block = g.block(index)
        withColumns(block) { unfolded in
          BLAS.product(
            false, true, out, g.taps, block.count * g.pixels,
            cotangent.buffer.elements + block.lowerBound * g.pixels, columns,
            unfolded, block.count * g.pixels, addingTo: turn == 0 ? 0 : 1, target, g.taps)
        }
      }
    }
    let result = Tensor([out, g.channels, g.kernel, g.kernel]) { w in
      withExtendedLifetime(partial) { mb_sum_rows(parts, size, partial.elements, w.baseAddress!) }
    }
    return result.recorded(from: [images, cotangent]) { [self] v in
      [
        images.isVariable ? inputGradient(cotangent, v, g) : nil,
        cotangent.isVariable ? convolution(v) : nil,
      ]
    }
  }
}

/// The gradient of a convolution with respect to its images.
func inputGradient(_ cotangent: Tensor, _ filters: Tensor, _ g: Geometry) -> Tensor {
  let out = filters.shape[0]
  let columns = g.count * g.pixels
  let result = Tensor(g.images) { images in
    let images = images.baseAddress!
    Workers.forEach(g.blockCount) { index in
      let block = g.block(index)
      let unfolded = Buffer(count: g.taps * block.count * g.pixels)
      BLAS.product(
        true, false, g.taps, block.count * g.pixels, out,
        filters.buffer.elements, g.taps,
        cotangent.buffer.elements + block.lowerBound * g.pixels, columns,
        unfolded.elements, block.count * g.pixels)
      var geometry = g.c
      withExtendedLifetime(unfolded) {
        mb_fold(&geometry, unfolded.elements, g.count, block.lowerBound, block.count, images)
      }
    }
  }
  return result.recorded(from: [cotangent, filters]) { v in
    let v = Unfolded(v, g)
    return [
      cotangent.isVariable ? v.convolution(filters) : nil,
      filters.isVariable ? v.filterGradient(cotangent) : nil,
    ]
  }
}
