import CKernels

/// What batch normalization subtracts and divides by, per channel.
public struct Moments: Sendable {
  /// `[channels]`
  public let mean: Tensor
  /// Biased, `[channels]`
  public let variance: Tensor

  /// Moments from their parts.
  public init(mean: Tensor, variance: Tensor) {
    self.mean = mean
    self.variance = variance
  }
}

extension Tensor {
  /// Batch normalization with the batch's own statistics, a scale and a shift per channel (Ioffe and
  /// Szegedy 2015, algorithm 1), then, unless told otherwise, ReLU; and, if asked, 2 x 2 max-pooling.
  ///
  /// - Parameters:
  ///   - scale: `[channels]`, and so is `shift`.
  ///   - pooled: Whether the largest of each 2 x 2 window is passed on, as ``maxPooled()`` does.
  ///   - epsilon: Added to the biased variance.
  /// - Returns: Of the shape of `self`, `[..., channels]`, normalized over all axes but the last, or
  ///   pooled from `[images, height, width, channels]`; and the statistics, as constants.
  public func batchNormalized(
    scale: Tensor, shift: Tensor, relu: Bool = true, pooled: Bool = false, epsilon: Float = 1e-5
  ) -> (Tensor, Moments) {
    let layer = NormalizedBatch(self, scale: scale, relu: relu, pooled: pooled, epsilon: epsilon)
    return (layer.forward(shift), layer.moments)
  }

  /// Batch normalization with given statistics instead of the batch's own.
  public func normalized(
    by moments: Moments, scale: Tensor, shift: Tensor, relu: Bool = true, epsilon: Float = 1e-5
  ) -> Tensor {
    var row = Shape([Int](repeating: 1, count: shape.rank))
    row[shape.rank - 1] = scale.count
    let slope = scale / (moments.variance + epsilon).squareRoot()
    let offset = shift - moments.mean * slope
    let y = self * slope.reshaped(row) + offset.reshaped(row)
    return relu ? y.relu() : y
  }
}

/// One batch on its way through batch normalization: what forward, backward and double backward
/// share.
///
/// With x^ = (x - mean) r, r = 1 / deviation, and h the cotangent of y where ReLU and pooling let it
/// through (0 elsewhere):
///
///     y  = scale x^ + shift
///     dx = scale r (h - mean(h) - x^ mean(h x^)),   dscale = sum(h x^),   dshift = sum(h)
private final class NormalizedBatch: @unchecked Sendable {
  private var x: Tensor
  let scale: Tensor
  let relu: Bool
  let epsilon: Float
  let channels: Int
  let positions: Int
  private var windows: mb_windows
  private let units: Int
  private let unitsPerBlock: Int
  private let mean: Tensor
  private let variance: Tensor
  private let inverseDeviation: Tensor
  /// Which number of each window was passed on, if any; nil without pooling.
  private let choice: PoolingChoice?
  /// The output, as a constant, where there is no choice: its zeros tell where ReLU cut.
  private var y: Tensor?

  init(_ x: Tensor, scale: Tensor, relu: Bool, pooled: Bool, epsilon: Float) {
    let rank = x.shape.rank
    precondition(rank == 4 || !pooled, "only images can be pooled, not \(x.shape)")
    let channels = x.shape[rank - 1]
    let positions = x.count / channels
    let (height, width) = rank == 4 ? (x.shape[1], x.shape[2]) : (1, positions)
    self.x = x
    self.scale = scale
    self.relu = relu
    self.epsilon = epsilon
    self.channels = channels
    self.positions = positions
    windows = mb_windows(height: height, width: width, channels: channels, pooled: pooled ? 1 : 0)
    units = positions / (height * width) * (pooled ? (height + 1) / 2 : height)
    unitsPerBlock = max(1, Self.block / (width * (pooled ? 2 : 1)))
    choice = pooled ? PoolingChoice(x.shape) : nil

    let block = Self.block
    let blocks = (positions + block - 1) / block
    let sums = Buffer(count: blocks * 2 * channels)
    Self.spread(blocks, elements: x.count) { index in
      mb_block_moments(
        index * block, min(block, positions - index * block), channels, x.buffer.elements,
        sums.elements + index * 2 * channels)
    }
    let (m, v, r) = (Buffer(count: channels), Buffer(count: channels), Buffer(count: channels))
    mb_combine_moments(
      blocks, block, positions, channels, sums.elements, epsilon, m.elements, v.elements, r.elements)
    mean = Tensor(shape: [channels], buffer: m)
    variance = Tensor(shape: [channels], buffer: v)
    inverseDeviation = Tensor(shape: [channels], buffer: r)
  }

  var moments: Moments { Moments(mean: mean, variance: variance) }

  func forward(_ shift: Tensor) -> Tensor {
    let slope = scale.detached * inverseDeviation
    let offset = shift.detached - mean * slope
    let out = Tensor(choice?.pooled ?? x.shape) { out in
      forEachRunOfUnits { first, count in
        mb_normalize(
          &windows, first, count, x.buffer.elements, slope.buffer.elements, offset.buffer.elements,
          relu ? 1 : 0, out.baseAddress!, choice?.places)
      }
    }
    if choice == nil { y = out }
    return out.recorded(from: x.origin, scale.origin, shift.origin) {
      [self, shift = shift.origin] g, flow in
      let results = backward(g)
      flow.add(results[0], to: x.origin)
      flow.add(results[1], to: scale.origin)
      flow.add(results[2], to: shift)
    }
  }

  /// The cotangents of x, scale and shift for a cotangent of y.
  private func backward(_ dy: Tensor) -> [Tensor] {
    let sums = summed(2) { first, count, sums in
      mb_normalize_backward_sums(
        &windows, first, count, x.buffer.elements, y?.buffer.elements, choice?.places,
        dy.buffer.elements, mean.buffer.elements, inverseDeviation.buffer.elements, relu ? 1 : 0, sums)
    }
    let n = Double(positions)
    let gain = scale.detached * inverseDeviation
    let meanH = perChannel { sums[0, $0] / n }
    let meanHX = perChannel { sums[1, $0] / n }
    let out = ownBuffer() ?? Buffer(count: x.count)
    forEachRunOfUnits { first, count in
      mb_normalize_backward(
        &windows, first, count, x.buffer.elements, y?.buffer.elements, choice?.places,
        dy.buffer.elements, mean.buffer.elements, inverseDeviation.buffer.elements,
        gain.buffer.elements, meanH.buffer.elements, meanHX.buffer.elements, relu ? 1 : 0,
        out.elements)
    }
    let dx = Tensor(shape: x.shape, buffer: out)
    let results = [dx, perChannel { sums[1, $0] }, perChannel { sums[0, $0] }]
    return Tensor.recorded(results, from: [dy, x, scale]) { [self] cotangents, flow in
      let results = doubleBackward(dy, cotangents)
      flow.add(results[0], to: dy.origin)
      flow.add(results[1], to: x.origin)
      flow.add(results[2], to: scale.origin)
    }
  }

  /// The memory of x, where nobody will look at x again: dx may take its place.
  private func ownBuffer() -> Buffer? {
    let isLast = x.origin?.tape.isReleasing ?? false
    return isLast && isKnownUniquelyReferenced(&x.buffer) ? x.buffer : nil
  }

  /// The cotangents of dy, x and scale for cotangents u, a and b of what ``backward(_:)`` returns.
  ///
  /// Of F = <u, dx> + a dscale + b dshift:
  /// - dF/dh = scale r (u - mean(u) - x^ mean(u x^)) + a x^ + b;
  /// - dF/dx^ = q = a h - scale r (u mean(h x^) + mean(u x^) h), and from x^ and r to x:
  ///   dF/dx = r (q - mean(q) - x^ mean(q x^)) - scale inner r² x^ / n,
  ///   where inner is what multiplies scale r in F.
  private func doubleBackward(_ dy: Tensor, _ cotangents: [Tensor?]) -> [Tensor] {
    let u = cotangents[0] ?? .zeros(x.shape)
    let a = cotangents[1] ?? .zeros([channels])
    let b = cotangents[2] ?? .zeros([channels])
    let sums = summed(5) { first, count, sums in
      mb_normalize_double_backward_sums(
        &windows, first, count, x.buffer.elements, y?.buffer.elements, choice?.places,
        dy.buffer.elements, self.mean.buffer.elements, inverseDeviation.buffer.elements,
        relu ? 1 : 0, u.buffer.elements, sums)
    }
    let n = Double(positions)
    let (scales, rs) = (scale.elements.map(Double.init), inverseDeviation.elements.map(Double.init))
    let slopes = a.elements.map(Double.init)
    let (U, UX, UH, H, HX) = (0, 1, 2, 3, 4)
    func mean(_ sum: Int, _ c: Int) -> Double { sums[sum, c] / n }
    func inner(_ c: Int) -> Double {
      sums[UH, c] - n * mean(U, c) * mean(H, c) - n * mean(UX, c) * mean(HX, c)
    }
    let gain = perChannel { scales[$0] * rs[$0] }
    let meanU = perChannel { mean(U, $0) }
    let meanUX = perChannel { mean(UX, $0) }
    let meanHX = perChannel { mean(HX, $0) }
    let meanQ = perChannel { c in
      slopes[c] * mean(H, c)
        - scales[c] * rs[c] * (mean(U, c) * mean(HX, c) + mean(UX, c) * mean(H, c))
    }
    let slope = perChannel { c in
      let g = scales[c] * rs[c]
      return slopes[c] * mean(HX, c) - 2 * g * mean(UX, c) * mean(HX, c) + g * inner(c) / n
    }
    let dscale = perChannel { rs[$0] * inner($0) }
    var constants = mb_double_backward(
      a: a.buffer.elements, b: b.buffer.elements, gain: gain.buffer.elements,
      mean_u: meanU.buffer.elements, mean_ux: meanUX.buffer.elements,
      mean_hx: meanHX.buffer.elements, mean_q: meanQ.buffer.elements, slope: slope.buffer.elements)
    let ddy = Buffer(count: dy.count)
    let dx = Buffer(count: x.count)
    forEachRunOfUnits { first, count in
      mb_normalize_double_backward(
        &windows, first, count, x.buffer.elements, y?.buffer.elements, choice?.places,
        dy.buffer.elements, self.mean.buffer.elements, inverseDeviation.buffer.elements,
        relu ? 1 : 0, u.buffer.elements, &constants, ddy.elements, dx.elements)
    }
    withExtendedLifetime((gain, meanU, meanUX, meanHX, meanQ, slope, a, b)) {}
    let results = [
      Tensor(shape: dy.shape, buffer: ddy), Tensor(shape: x.shape, buffer: dx), dscale,
    ]
    // Beyond the second order: the same numbers from elementary operations, differentiated.
    let inputs = [u, a, b, dy, x, scale]
    return Tensor.recorded(results, from: inputs) { [self] cotangents, flow in
      guard let tape = inputs.lazy.compactMap({ $0.origin?.tape }).first else { return }
      let keepingGraph = tape.isRecording
      tape.isRecording = true
      defer { tape.isRecording = keepingGraph }
      // Values that stand for the inputs, so that each gets its own partial gradient although one
      // may depend on another; where the graph is kept they stay connected to them.
      let own = inputs.map { $0.isVariable ? $0.reshaped($0.shape) : tape.variable($0) }
      let expression = elementary(u: own[0], a: own[1], b: own[2], dy: own[3], x: own[4], scale: own[5])
      var total = Tensor(0)
      for (value, cotangent) in zip(expression, cotangents) {
        if let cotangent { total = total + (value * cotangent).sum() }
      }
      let gradients = gradient(of: total, at: own, keepingGraph: keepingGraph)
      for (input, gradient) in zip(inputs, gradients) { flow.add(gradient, to: input.origin) }
    }
  }

  /// Double backward in elementary operations, as written above ``doubleBackward(_:_:)``.
  private func elementary(
    u: Tensor, a: Tensor, b: Tensor, dy: Tensor, x: Tensor, scale: Tensor
  ) -> [Tensor] {
    let n = Float(positions)
    let rows: Shape = [positions, channels]
    let row: Shape = [1, channels]
    func mean(_ t: Tensor) -> Tensor { t.summed(to: row) * (1 / n) }
    func cut(_ t: Tensor) -> Tensor { y.map { relu ? t.gated(by: $0) : t } ?? t }
    func spread(_ t: Tensor) -> Tensor { (choice?.scattered(t) ?? cut(t)).reshaped(rows) }
    func gathered(_ t: Tensor) -> Tensor {
      let t = t.reshaped(self.x.shape)
      return choice?.gathered(t) ?? cut(t)
    }
    let h = spread(dy)
    let u = u.reshaped(rows), x = x.reshaped(rows)
    let a = a.reshaped(row), b = b.reshaped(row), scale = scale.reshaped(row)
    let centred = x - mean(x)
    let deviation = (mean(centred * centred) + epsilon).squareRoot()
    let xh = centred / deviation
    let meanU = mean(u), meanUX = mean(u * xh), meanH = mean(h), meanHX = mean(h * xh)
    let inner = (mean(u * h) - meanU * meanH - meanUX * meanHX) * n
    let gr = scale / deviation
    let q = a * h - gr * (u * meanHX + meanUX * h)
    let ddy = gathered(gr * (u - meanU - xh * meanUX) + a * xh + b)
    let dx = (q - mean(q) - xh * (mean(q * xh) + gr * inner * (1 / n))) / deviation
    let dscale = inner / deviation
    return [ddy, dx.reshaped(self.x.shape), dscale.reshaped([channels])]
  }

  // MARK: Blocks

  /// Positions whose numbers are summed in Float32 before sums go on in Float64.
  private static let block = 256

  private func perChannel(_ value: (Int) -> Double) -> Tensor {
    Tensor([channels]) { out in
      for channel in 0..<channels { out[channel] = Float(value(channel)) }
    }
  }

  /// Some sums per channel over all units.
  private func summed(
    _ kinds: Int, _ block: (_ first: Int, _ count: Int, UnsafeMutablePointer<Float>) -> Void
  ) -> Sums {
    let blocks = (units + unitsPerBlock - 1) / unitsPerBlock
    let length = kinds * channels
    let sums = Buffer(count: blocks * length)
    Self.spread(blocks, elements: x.count) { index in
      let first = index * unitsPerBlock
      block(first, min(unitsPerBlock, units - first), sums.elements + index * length)
    }
    return withExtendedLifetime(sums) {
      Sums(
        channels: channels,
        values: Array(unsafeUninitializedCapacity: length) { total, count in
          mb_add_blocks(blocks, length, sums.elements, total.baseAddress!)
          count = length
        })
    }
  }

  private struct Sums {
    let channels: Int
    let values: [Double]
    subscript(kind: Int, channel: Int) -> Double { values[kind * channels + channel] }
  }

  private func forEachRunOfUnits(_ body: (_ first: Int, _ count: Int) -> Void) {
    let length = x.count < Self.worthSpreading ? units : unitsPerBlock
    Self.spread((units + length - 1) / length, elements: x.count) { index in
      body(index * length, min(length, units - index * length))
    }
  }

  /// Small batches are not worth handing out.
  private static let worthSpreading = 1 << 16

  private static func spread(_ count: Int, elements: Int, _ body: (Int) -> Void) {
    if elements < worthSpreading {
      for index in 0..<count { body(index) }
    } else {
      Workers.forEach(count, body)
    }
  }
}
