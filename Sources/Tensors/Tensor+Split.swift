extension Tensor {
  /// Equally long parts of an axis, in order: what ``concatenated(_:along:)`` would put together again.
  ///
  /// Cheaper to differentiate than as many slices, each of which is padded to the whole.
  ///
  /// - Precondition: the axis can be cut into that many parts.
  public func split(_ axis: Int, into count: Int) -> [Tensor] {
    precondition(
      shape[axis] % count == 0, "axis \(axis) of \(shape) cannot be cut into \(count) equal parts")
    let length = shape[axis] / count
    let parts = (0..<count).map { detached.slice(axis, $0 * length..<($0 + 1) * length) }
    return Tensor.recorded(parts, from: [self]) { [origin, part = parts[0].shape] cotangents, flow in
      flow.add(.concatenated(cotangents.map { $0 ?? .zeros(part) }, along: axis), to: origin)
    }
  }
}
