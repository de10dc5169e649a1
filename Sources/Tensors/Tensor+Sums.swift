import CKernels

extension Tensor {
  /// The sums of the lists' tensors, place by place, times a number: such as a mean of gradients.
  ///
  /// - Precondition: Lists of tensors of the same shapes.
  package static func scaledSums(_ lists: [[Tensor]], by scale: Float) -> [Tensor] {
    let sums = lists[0].map { Tensor(shape: $0.shape, buffer: Buffer(count: $0.count)) }
    Workers.forEachShare(of: sums.map(\.count)) { index, share in
      // In pieces that stay in the nearest cache.
      for first in stride(from: share.lowerBound, to: share.upperBound, by: 2048) {
        let count = min(2048, share.upperBound - first)
        let out = sums[index].buffer.elements + first
        var sum = lists[0][index].buffer.elements + first
        for list in lists.dropFirst() {
          mb_add(count, sum, list[index].buffer.elements + first, out)
          sum = out
        }
        mb_multiply_number(count, sum, scale, out)
      }
    }
    return sums
  }
}
