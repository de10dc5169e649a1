import CKernels

extension Tensor {
  /// The largest of each 2 x 2 window, stride 2; an odd last row or column is dropped.
  ///
  /// - Returns: `[channels, images, height / 2, width / 2]` for `[channels, images, height, width]`.
  public func maxPooled() -> Tensor {
    let planes = shape[0] * shape[1]
    let choice = PoolingChoice(shape)
    let outPlane = choice.pooled[2] * choice.pooled[3]
    let inPlane = shape[2] * shape[3]
    let result = Tensor(choice.pooled) { out in
      Workers.forEach(shape[0]) { channel in
        let first = channel * planes / shape[0]
        mb_pool(
          shape[1], shape[2], shape[3], buffer.elements + first * inPlane,
          out.baseAddress! + first * outPlane, choice.places + first * outPlane)
      }
    }
    return result.recorded(from: [self]) { g in [choice.scattered(g)] }
  }
}

/// Which of the four numbers of each pooling window was the largest.
private final class PoolingChoice: @unchecked Sendable {
  let full: Shape
  let pooled: Shape
  let places: UnsafeMutablePointer<UInt8>
  private let buffer: Buffer

  init(_ full: Shape) {
    self.full = full
    pooled = [full[0], full[1], full[2] / 2, full[3] / 2]
    buffer = Buffer(count: (pooled.count + 3) / 4)
    places = UnsafeMutableRawPointer(buffer.elements)
      .bindMemory(to: UInt8.self, capacity: max(1, pooled.count))
  }

  private var inPlanes: Int { full[1] * full[2] * full[3] }
  private var outPlanes: Int { pooled[1] * pooled[2] * pooled[3] }

  /// Each number at the place that was chosen, zeros elsewhere.
  func scattered(_ a: Tensor) -> Tensor {
    let result = Tensor(full) { out in
      Workers.forEach(full[0]) { channel in
        mb_unpool(
          full[1], full[2], full[3], a.buffer.elements + channel * outPlanes,
          places + channel * outPlanes, out.baseAddress! + channel * inPlanes)
      }
    }
    return result.recorded(from: [a]) { [self] g in [gathered(g)] }
  }

  /// The numbers at the places that were chosen.
  func gathered(_ a: Tensor) -> Tensor {
    let result = Tensor(pooled) { out in
      Workers.forEach(full[0]) { channel in
        mb_pool_chosen(
          full[1], full[2], full[3], a.buffer.elements + channel * inPlanes,
          places + channel * outPlanes, out.baseAddress! + channel * outPlanes)
      }
    }
    return result.recorded(from: [a]) { [self] g in [scattered(g)] }
  }
}
