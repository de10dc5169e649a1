import CKernels

// Repeating and summing along axes are each other's transpose; so are a slice and its padding.

extension Shape {
  /// The shape that both fit into by repeating axes of length 1; a single number fits any shape.
  static func broadcasting(_ a: Shape, _ b: Shape) -> Shape {
    if a.rank == 0 { return b }
    if b.rank == 0 { return a }
    precondition(a.rank == b.rank, "shapes \(a) and \(b) do not fit together")
    var shape = a
    for axis in 0..<a.rank where a[axis] != b[axis] {
      precondition(a[axis] == 1 || b[axis] == 1, "shapes \(a) and \(b) do not fit together")
      shape[axis] = max(a[axis], b[axis])
    }
    return shape
  }

  /// The distance between neighbours along each axis of `full` in a tensor of this shape, row-major;
  /// 0 where this shape is repeated.
  fileprivate func strides(within full: Shape) -> Shape {
    var strides = full
    var distance = 1
    for axis in stride(from: full.rank - 1, through: 0, by: -1) {
      let length = rank == 0 ? 1 : self[axis]
      strides[axis] = length == 1 ? 0 : distance
      distance *= length
    }
    return strides
  }
}

extension Shape {
  /// Where this shape is `full` with neighbouring axes repeated: how often there are how many rows of
  /// how many numbers. Rows of a single number are left to the general case.
  fileprivate func rows(within full: Shape) -> (count: Int, rows: Int, columns: Int)? {
    guard rank == full.rank, self != full else { return nil }
    let first = (0..<rank).first { self[$0] != full[$0] }!
    let last = (0..<rank).last { self[$0] != full[$0] }!
    guard (first...last).allSatisfy({ self[$0] == 1 }), last < rank - 1 else { return nil }
    func product(_ axes: Range<Int>) -> Int { axes.reduce(1) { $0 * full[$1] } }
    let columns = product(last + 1..<rank)
    return columns == 1 ? nil : (product(0..<first), product(first..<last + 1), columns)
  }
}

extension Tensor {
  /// Every axis of length 1 repeated to its length in `target`; a single number fills any shape.
  public func repeated(to target: Shape) -> Tensor {
    if target == shape { return self }
    let result = Tensor(target) { out in
      if let (count, rows, columns) = shape.rows(within: target) {
        return mb_repeat_rows(count, rows, columns, buffer.elements, out.baseAddress!)
      }
      Tensor.forEachRow(of: target, shape.strides(within: target)) { row, start, step, length in
        let from = buffer.elements + start
        let to = out.baseAddress! + row
        if step == 0 { mb_fill(length, from[0], to) } else { to.update(from: from, count: length) }
      }
    }
    return result.recorded(from: origin) { [shape, origin] g, flow in
      flow.add(g.summed(to: shape), to: origin)
    }
  }

  /// Each row `count` times, its copies together: `[rows, width]` becomes `[rows * count, width]`.
  public func repeatingEachRow(_ count: Int) -> Tensor {
    let (rows, width) = (shape[0], shape[1])
    return reshaped([rows, 1, width]).repeated(to: [rows, count, width]).reshaped([rows * count, width])
  }

  /// All rows `count` times, one after the other: `[rows, width]` becomes `[count * rows, width]`.
  public func repeatingAllRows(_ count: Int) -> Tensor {
    reshaped([1, self.count]).repeated(to: [count, self.count]).reshaped([count * shape[0], shape[1]])
  }

  /// The sum along every axis that has length 1 in `target` (all of them for a single number).
  public func summed(to target: Shape) -> Tensor {
    if target == shape { return self }
    let result: Tensor
    if target.count == 1 {
      result = Tensor(target) { $0[0] = mb_sum(count, buffer.elements) }
    } else if let (count, rows, columns) = target.rows(within: shape) {
      result = Tensor(target) { out in
        mb_sum_rows(count, rows, columns, buffer.elements, out.baseAddress!)
      }
    } else {
      result = Tensor(target) { out in
        out.initialize(repeating: 0)
        Tensor.forEachRow(of: shape, target.strides(within: shape)) { row, start, step, length in
          let from = buffer.elements + row
          let to = out.baseAddress! + start
          if step == 0 { to[0] += mb_sum(length, from) } else { mb_add(length, to, from, to) }
        }
      }
    }
    return result.recorded(from: origin) { [shape, origin] g, flow in
      flow.add(g.repeated(to: shape), to: origin)
    }
  }

  /// The sum of all elements.
  public func sum() -> Tensor { summed(to: .scalar) }

  /// The mean of all elements.
  public func mean() -> Tensor { sum() * (1 / Float(count)) }

  /// The mean along some axes, which keep length 1.
  public func mean(along axes: Int...) -> Tensor {
    var target = shape
    for axis in axes { target[axis] = 1 }
    return summed(to: target) * (Float(target.count) / Float(count))
  }

  /// Walks the rows of `full` (runs along its last axes) beside a tensor with other strides.
  ///
  /// `body` receives the row's offset in `full`, its offset and its step (0 or 1) in the other, and
  /// its length.
  private static func forEachRow(
    of full: Shape, _ strides: Shape, _ body: (Int, Int, Int, Int) -> Void
  ) {
    // Trailing axes that are contiguous in both, or repeated in one, run together.
    var outer = full.rank - 1
    var length = full[outer]
    let step = strides[outer]
    while outer > 0, strides[outer - 1] == step * length, step != 0 || strides[outer - 1] == 0 {
      outer -= 1
      length *= full[outer]
    }
    var index = [Int](repeating: 0, count: max(outer, 1))
    var row = 0
    var start = 0
    while row < full.count {
      body(row, start, step == 0 ? 0 : 1, length)
      row += length
      var axis = outer - 1
      while axis >= 0 {
        index[axis] += 1
        start += strides[axis]
        if index[axis] < full[axis] { break }
        start -= strides[axis] * full[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { break }
    }
  }

  /// The same numbers in another shape.
  public func reshaped(_ target: Shape) -> Tensor {
    precondition(target.count == count, "\(shape) cannot be reshaped to \(target)")
    return Tensor(shape: target, buffer: buffer).recorded(from: origin) {
      [shape, origin] g, flow in
      flow.add(g.reshaped(shape), to: origin)
    }
  }

  /// Each entry of the first axis as one row: images as vectors, vectors as they are.
  public func flattened() -> Tensor { reshaped([shape[0], count / shape[0]]) }

  /// The axes in another order: axis i of the result is axis `order[i]` of this tensor.
  public func transposed(_ order: [Int]) -> Tensor {
    precondition(order.sorted() == Array(0..<shape.rank), "\(order) is no order of \(shape)'s axes")
    let target = Shape(order.map { shape[$0] })
    let own = shape.strides(within: shape)
    let strides = order.map { own[$0] }
    // What lies together stays together where the last axis is the last one still.
    let run = order.last == shape.rank - 1 ? shape[shape.rank - 1] : 1
    let rank = run > 1 ? shape.rank - 1 : shape.rank
    let result = Tensor(target) { out in
      var index = [Int](repeating: 0, count: rank)
      var from = 0
      for to in stride(from: 0, to: count, by: run) {
        (out.baseAddress! + to).update(from: buffer.elements + from, count: run)
        var axis = rank - 1
        while axis >= 0 {
          index[axis] += 1
          from += strides[axis]
          if index[axis] < target[axis] { break }
          from -= strides[axis] * target[axis]
          index[axis] = 0
          axis -= 1
        }
      }
    }
    return result.recorded(from: origin) { [origin] g, flow in
      var inverse = order
      for (axis, source) in order.enumerated() { inverse[source] = axis }
      flow.add(g.transposed(inverse), to: origin)
    }
  }

  /// The part `range` of one axis.
  public func slice(_ axis: Int, _ range: Range<Int>) -> Tensor {
    precondition(range.upperBound <= shape[axis], "\(range) is outside axis \(axis) of \(shape)")
    var target = shape
    target[axis] = range.count
    let inner = shape.array[(axis + 1)...].reduce(1, *)
    let outer = shape.array[..<axis].reduce(1, *)
    let length = shape[axis]
    let result = Tensor(target) { out in
      for o in 0..<outer {
        (out.baseAddress! + o * range.count * inner).update(
          from: buffer.elements + (o * length + range.lowerBound) * inner, count: range.count * inner)
      }
    }
    return result.recorded(from: origin) { [origin] g, flow in
      flow.add(g.padded(axis, at: range.lowerBound, to: length), to: origin)
    }
  }

  /// Zeros around this tensor along one axis: it stands at `start` in a length of `length`.
  public func padded(_ axis: Int, at start: Int, to length: Int) -> Tensor {
    var target = shape
    target[axis] = length
    let range = start..<start + shape[axis]
    let inner = shape.array[(axis + 1)...].reduce(1, *)
    let outer = shape.array[..<axis].reduce(1, *)
    let result = Tensor(target) { out in
      out.initialize(repeating: 0)
      for o in 0..<outer {
        (out.baseAddress! + (o * length + start) * inner).update(
          from: buffer.elements + o * range.count * inner, count: range.count * inner)
      }
    }
    return result.recorded(from: origin) { [origin] g, flow in
      flow.add(g.slice(axis, range), to: origin)
    }
  }

  /// Tensors one after the other along an axis.
  public static func concatenated(_ tensors: [Tensor], along axis: Int) -> Tensor {
    var target = tensors[0].shape
    target[axis] = tensors.reduce(0) { $0 + $1.shape[axis] }
    let inner = target.array[(axis + 1)...].reduce(1, *)
    let outer = target.array[..<axis].reduce(1, *)
    let result = Tensor(target) { out in
      var start = 0
      for tensor in tensors {
        let run = tensor.shape[axis] * inner
        for o in 0..<outer {
          (out.baseAddress! + o * target[axis] * inner + start).update(
            from: tensor.buffer.elements + o * run, count: run)
        }
        start += run
      }
    }
    return recorded([result], from: tensors) { cotangents, flow in
      guard let g = cotangents[0] else { return }
      var start = 0
      for tensor in tensors {
        let end = start + tensor.shape[axis]
        flow.add(g.slice(axis, start..<end), to: tensor.origin)
        start = end
      }
    }[0]
  }
}
