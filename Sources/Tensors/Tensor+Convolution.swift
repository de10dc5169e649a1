import CKernels
import Synchronization

// Convolution and its two gradients. Each is linear in both of its arguments, and they
// differentiate into each other:
//
//   y  = convolution(x, w)            dx = inputGradient(g, w)      dw = filterGradient(x, g)
//   x' = inputGradient(g, w)          dg = convolution(v, w)        dw = filterGradient(v, g)
//   w' = filterGradient(x, g)         dx = inputGradient(g, v)      dg = convolution(x, v)

extension Tensor {
  /// The convolution of images with square filters (cross-correlation, as everywhere in this field).
  ///
  /// - Parameters:
  ///   - filters: `[kernel, kernel, in, out]`.
  ///   - padding: Zeros around each image.
  /// - Returns: `[images, height', width', out]` for images `[images, height, width, in]`.
  public func convolution(_ filters: Tensor, stride: Int, padding: Int) -> Tensor {
    Tensors.convolution(
      self, filters,
      Geometry(
        height: shape[1], width: shape[2], kernel: filters.shape[0], stride: stride,
        padding: padding))
  }
}

/// How filters move over images of one size.
struct Geometry: Hashable {
  let height: Int
  let width: Int
  let kernel: Int
  let stride: Int
  let padding: Int

  /// Whether the fewer multiplications of Winograd's algorithm outweigh its additions.
  func isWinograd(images: Int, _ filters: Shape) -> Bool {
    kernel == 3 && stride == 1 && padding == 1 && min(height, width) > 4
      && images * height * width >= 256 && filters[2] % 16 == 0 && filters[3] % 16 == 0
  }

  var outHeight: Int { (height + 2 * padding - kernel) / stride + 1 }
  var outWidth: Int { (width + 2 * padding - kernel) / stride + 1 }
}

/// The pixels that outputs see, and the outputs that see a pixel; made once for each geometry.
private final class Maps: @unchecked Sendable {
  let forward: OpaquePointer
  let backward: OpaquePointer

  private init(_ g: Geometry) {
    var geometry = mb_geometry(
      height: g.height, width: g.width, kernel: g.kernel, stride: g.stride, padding: g.padding,
      out_height: g.outHeight, out_width: g.outWidth)
    forward = mb_map_forward(&geometry)
    backward = mb_map_backward(&geometry)
  }

  deinit {
    mb_map_free(forward)
    mb_map_free(backward)
  }

  private static let known = Mutex<[Geometry: Maps]>([:])

  static func of(_ geometry: Geometry) -> Maps {
    known.withLock { known in
      if let maps = known[geometry] { return maps }
      let maps = Maps(geometry)
      known[geometry] = maps
      return maps
    }
  }
}

private func convolution(_ x: Tensor, _ filters: Tensor, _ g: Geometry) -> Tensor {
  let (images, depth, width) = (x.shape[0], filters.shape[2], filters.shape[3])
  precondition(x.shape[3] == depth, "images \(x.shape) have other channels than filters \(filters.shape)")
  let result = Tensor([images, g.outHeight, g.outWidth, width]) { y in
    if g.isWinograd(images: images, filters.shape) {
      winograd(g, x, filters, isTurned: false, y.baseAddress!)
    } else {
      apply(
        Maps.of(g).forward, x, g.height * g.width * depth, filters, y.baseAddress!,
        g.outHeight * g.outWidth * width)
    }
  }
  return result.recorded(from: x.origin, filters.origin) { cotangent, flow in
    flow.add(inputGradient(cotangent, filters, g), to: x.origin)
    flow.add(filterGradient(x, cotangent, g), to: filters.origin)
  }
}

/// The gradient of a convolution with respect to its images, for a cotangent of its outputs.
private func inputGradient(_ cotangent: Tensor, _ filters: Tensor, _ g: Geometry) -> Tensor {
  let (images, depth, width) = (cotangent.shape[0], filters.shape[2], filters.shape[3])
  let swapped = filters.detached.swappingLastAxes()
  let result = Tensor([images, g.height, g.width, depth]) { x in
    if g.isWinograd(images: images, filters.shape) {
      winograd(g, cotangent, swapped, isTurned: true, x.baseAddress!)
    } else {
      apply(
        Maps.of(g).backward, cotangent, g.outHeight * g.outWidth * width, swapped,
        x.baseAddress!, g.height * g.width * depth)
    }
  }
  return result.recorded(from: cotangent.origin, filters.origin) { v, flow in
    flow.add(convolution(v, filters, g), to: cotangent.origin)
    flow.add(filterGradient(v, cotangent, g), to: filters.origin)
  }
}

/// The gradient of a convolution with respect to its filters, `[kernel, kernel, in, out]`.
private func filterGradient(_ x: Tensor, _ cotangent: Tensor, _ g: Geometry) -> Tensor {
  let (images, depth, width) = (x.shape[0], x.shape[3], cotangent.shape[3])
  let pixels = g.outHeight * g.outWidth
  let size = g.kernel * g.kernel * depth * width
  // A fixed number of partial sums, added in order: the same for any number of threads.
  let parts = min(images, images * pixels < 4096 ? 1 : 8)
  let shape: Shape = [g.kernel, g.kernel, depth, width]
  let result = Tensor(shape) { w in
    func sum(_ range: Range<Int>, into target: UnsafeMutablePointer<Float>) {
      let x = x.buffer.elements + range.lowerBound * g.height * g.width * depth
      let cotangent = cotangent.buffer.elements + range.lowerBound * pixels * width
      if g.isWinograd(images: images, shape) {
        mb_winograd_gradient(range.count, g.height, g.width, x, depth, cotangent, width, target)
      } else {
        mb_filter_gradient(Maps.of(g).forward, range.count, x, depth, cotangent, width, target)
      }
    }
    if parts == 1 { return sum(0..<images, into: w.baseAddress!) }
    let partial = Buffer(count: parts * size)
    Workers.forEach(parts) { part in
      sum(images * part / parts..<images * (part + 1) / parts, into: partial.elements + part * size)
    }
    withExtendedLifetime(partial) { mb_sum_rows(1, parts, size, partial.elements, w.baseAddress!) }
  }
  return result.recorded(from: x.origin, cotangent.origin) { v, flow in
    flow.add(inputGradient(cotangent, v, g), to: x.origin)
    flow.add(convolution(x, v, g), to: cotangent.origin)
  }
}

/// A map's products, images spread over threads in blocks.
private func apply(
  _ map: OpaquePointer, _ images: Tensor, _ size: Int, _ filters: Tensor,
  _ out: UnsafeMutablePointer<Float>, _ outSize: Int
) {
  let count = images.shape[0]
  let (depth, width) = (filters.shape[2], filters.shape[3])
  let block = max(1, min(count, 1 << 16 / max(1, outSize)))
  Workers.forEach((count + block - 1) / block) { index in
    let first = index * block
    mb_convolution(
      map, min(block, count - first), images.buffer.elements + first * size, depth,
      filters.buffer.elements, width, out + first * outSize)
  }
}

/// The same by Winograd's algorithm, for filters `[3, 3, in, out]`.
private func winograd(
  _ g: Geometry, _ images: Tensor, _ filters: Tensor, isTurned: Bool,
  _ out: UnsafeMutablePointer<Float>
) {
  let count = images.shape[0]
  let (depth, width) = (filters.shape[2], filters.shape[3])
  let pixels = g.height * g.width
  let transformed = Buffer(count: 16 * depth * width)
  mb_winograd_filters(depth * width, filters.buffer.elements, isTurned ? 1 : 0, transformed.elements)
  // Blocks of images that fill the kernel's blocks of tiles.
  let block = max(1, min(count, 1024 / pixels))
  Workers.forEach((count + block - 1) / block) { index in
    let first = index * block
    mb_winograd(
      min(block, count - first), g.height, g.width, images.buffer.elements + first * pixels * depth,
      depth, transformed.elements, width, out + first * pixels * width)
  }
  withExtendedLifetime(transformed) {}
}

extension Tensor {
  /// The last two axes changing places; a constant.
  func swappingLastAxes() -> Tensor {
    let rank = shape.rank
    let (rows, columns) = (shape[rank - 2], shape[rank - 1])
    var target = shape
    target[rank - 2] = columns
    target[rank - 1] = rows
    // A row and a column lie in memory alike.
    if rows == 1 || columns == 1 { return Tensor(shape: target, buffer: buffer) }
    return Tensor(target) { out in
      mb_transpose(count / max(1, rows * columns), rows, columns, buffer.elements, out.baseAddress!)
    }
  }
}
