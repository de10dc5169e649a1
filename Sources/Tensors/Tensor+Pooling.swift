import CKernels

extension Tensor {
  /// The largest of each 2 x 2 window, stride 2; an odd last row or column is dropped.
  ///
  /// - Returns: `[images, height / 2, width / 2, channels]` for `[images, height, width, channels]`.
  public func maxPooled() -> Tensor {
    let choice = PoolingChoice(shape)
    let (inSize, outSize) = (choice.inSize, choice.outSize)
    let result = Tensor(choice.pooled) { out in
      Workers.forEach(shape[0]) { image in
        mb_pool(
          1, shape[1], shape[2], shape[3], buffer.elements + image * inSize,
          out.baseAddress! + image * outSize, choice.places + image * outSize)
      }
    }
    return result.recorded(from: origin) { [origin] g, flow in
      flow.add(choice.scattered(g), to: origin)
    }
  }
}

/// Which of the four numbers of each pooling window was the largest.
final class PoolingChoice: @unchecked Sendable {
  let full: Shape
  let pooled: Shape
  let places: UnsafeMutablePointer<UInt8>
  private let buffer: Buffer

  /// - Parameter full: `[images, height, width, channels]`.
  init(_ full: Shape) {
    self.full = full
    pooled = [full[0], full[1] / 2, full[2] / 2, full[3]]
    buffer = Buffer(count: (pooled.count + 3) / 4)
    places = UnsafeMutableRawPointer(buffer.elements)
      .bindMemory(to: UInt8.self, capacity: max(1, pooled.count))
  }

  /// Numbers per image, and per pooled image.
  var inSize: Int { full[1] * full[2] * full[3] }
  var outSize: Int { pooled[1] * pooled[2] * pooled[3] }

  /// Each number at the place that was chosen, zeros elsewhere.
  func scattered(_ a: Tensor) -> Tensor {
    let result = Tensor(full) { out in
      Workers.forEach(full[0]) { image in
        mb_unpool(
          1, full[1], full[2], full[3], a.buffer.elements + image * outSize,
          places + image * outSize, out.baseAddress! + image * inSize)
      }
    }
    return result.recorded(from: a.origin) { [self, origin = a.origin] g, flow in
      flow.add(gathered(g), to: origin)
    }
  }

  /// The numbers at the places that were chosen.
  func gathered(_ a: Tensor) -> Tensor {
    let result = Tensor(pooled) { out in
      Workers.forEach(full[0]) { image in
        mb_pool_chosen(
          1, full[1], full[2], full[3], a.buffer.elements + image * inSize,
          places + image * outSize, out.baseAddress! + image * outSize)
      }
    }
    return result.recorded(from: a.origin) { [self, origin = a.origin] g, flow in
      flow.add(scattered(g), to: origin)
    }
  }
}
