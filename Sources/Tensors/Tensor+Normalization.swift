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
  /// Batch normalization with the batch's own statistics, a scale and a shift per channel, then
  /// (unless told otherwise) ReLU (Ioffe and Szegedy 2015, algorithm 1).
  ///
  /// - Parameters:
  ///   - scale: `[channels]`, and so is `shift`.
  ///   - epsilon: Added to the biased variance.
  /// - Returns: The shape of `self`: `[channels, ...]`, normalized over all axes but the first; and
  ///   the statistics, as constants.
  public func batchNormalized(
    scale: Tensor, shift: Tensor, relu: Bool = true, epsilon: Float = 1e-5
  ) -> (Tensor, Moments) {
    let layer = NormalizedBatch(self, scale: scale, relu: relu, epsilon: epsilon)
    return (layer.forward(shift), layer.moments)
  }

  /// Batch normalization with given statistics instead of the batch's own.
  public func normalized(
    by moments: Moments, scale: Tensor, shift: Tensor, relu: Bool = true, epsilon: Float = 1e-5
  ) -> Tensor {
    var column = Shape(repeatElement(1, count: shape.rank))
    column[0] = shape[0]
    let slope = scale / (moments.variance + epsilon).squareRoot()
    let offset = shift - moments.mean * slope
    let y = self * slope.reshaped(column) + offset.reshaped(column)
    return relu ? y.relu() : y
  }
}

/// One batch on its way through batch normalization: what forward, backward and double backward
/// share.
private final class NormalizedBatch: @unchecked Sendable {
  let x: Tensor
  let scale: Tensor
  let relu: Bool
  let epsilon: Float
  let channels: Int
  let length: Int
  private var statistics: [mb_moments]
  /// The output, as a constant: its zeros tell where ReLU cut.
  private var y: Tensor

  init(_ x: Tensor, scale: Tensor, relu: Bool, epsilon: Float) {
    self.x = x
    self.scale = scale
    self.relu = relu
    self.epsilon = epsilon
    channels = x.shape[0]
    length = x.count / channels
    statistics = Array(repeating: mb_moments(), count: channels)
    y = x.detached
  }

  var moments: Moments {
    Moments(
      mean: Tensor([channels], statistics.map(\.mean)),
      variance: Tensor(
        [channels],
        statistics.map { 1 / ($0.inverse_deviation * $0.inverse_deviation) - epsilon }))
  }

  func forward(_ shift: Tensor) -> Tensor {
    let out = Buffer(count: x.count)
    statistics.withUnsafeMutableBufferPointer { statistics in
      let statistics = statistics.baseAddress!
      forEachChannel { channel, start in
        let moments = mb_channel_moments(length, x.buffer.elements + start, epsilon)
        statistics[channel] = moments
        mb_normalize(
          length, x.buffer.elements + start, moments, scale.buffer.elements[channel],
          shift.buffer.elements[channel], relu ? 1 : 0, out.elements + start)
      }
    }
    y = Tensor(shape: x.shape, buffer: out)
    return y.recorded(from: [x, scale, shift]) { [self] g in backward(g).map { $0 } }
  }

  /// The cotangents of x, scale and shift for a cotangent of y.
  func backward(_ dy: Tensor) -> [Tensor] {
    let dx = Buffer(count: x.count)
    let dscale = Buffer(count: channels)
    let dshift = Buffer(count: channels)
    forEachChannel { channel, start in
      mb_normalize_backward(
        length, x.buffer.elements + start, y.buffer.elements + start, dy.buffer.elements + start,
        statistics[channel], scale.buffer.elements[channel], relu ? 1 : 0,
        dx.elements + start, dscale.elements + channel, dshift.elements + channel)
    }
    let results = [
      Tensor(shape: x.shape, buffer: dx), Tensor(shape: [channels], buffer: dscale),
      Tensor(shape: [channels], buffer: dshift),
    ]
    return recorded(results, from: [dy, x, scale]) { [self] cotangents in
      doubleBackward(dy, cotangents)
    }
  }

  /// The cotangents of dy, x and scale for cotangents of what ``backward(_:)`` returns.
  private func doubleBackward(_ dy: Tensor, _ cotangents: [Tensor?]) -> [Tensor] {
    let u = cotangents[0] ?? .zeros(x.shape)
    let a = cotangents[1] ?? .zeros([channels])
    let b = cotangents[2] ?? .zeros([channels])
    let ddy = Buffer(count: x.count)
    let dx = Buffer(count: x.count)
    let dscale = Buffer(count: channels)
    forEachChannel { channel, start in
      mb_normalize_double_backward(
        length, x.buffer.elements + start, y.buffer.elements + start, dy.buffer.elements + start,
        statistics[channel], scale.buffer.elements[channel], relu ? 1 : 0,
        u.buffer.elements + start, a.buffer.elements[channel], b.buffer.elements[channel],
        ddy.elements + start, dx.elements + start, dscale.elements + channel)
    }
    let results = [
      Tensor(shape: x.shape, buffer: ddy), Tensor(shape: x.shape, buffer: dx),
      Tensor(shape: [channels], buffer: dscale),
    ]
    // Beyond the second order: the same numbers from elementary operations, differentiated.
    let inputs = [u, a, b, dy, x, scale]
    return recorded(results, from: inputs) { [self] cotangents in
      guard let tape = inputs.lazy.compactMap({ $0.origin?.tape }).first else { return [] }
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
      return gradient(of: total, at: own, keepingGraph: keepingGraph)
    }
  }

  /// Double backward in elementary operations: the gradient of
  /// `<u, dx> + <a, dscale> + <b, dshift>` with respect to dy, x and scale, with `dx` and the rest as in
  /// ``backward(_:)``, each written out.
  private func elementary(
    u: Tensor, a: Tensor, b: Tensor, dy: Tensor, x: Tensor, scale: Tensor
  ) -> [Tensor] {
    let n = Float(length)
    let rows: Shape = [channels, length]
    let column: Shape = [channels, 1]
    func mean(_ t: Tensor) -> Tensor { t.summed(to: column) * (1 / n) }
    let gate = y.reshaped(rows)
    func cut(_ t: Tensor) -> Tensor { relu ? t.gated(by: gate) : t }
    let u = u.reshaped(rows), x = x.reshaped(rows)
    let h = cut(dy.reshaped(rows))
    let a = a.reshaped(column), b = b.reshaped(column), scale = scale.reshaped(column)
    let centred = x - mean(x)
    let deviation = (mean(centred * centred) + epsilon).squareRoot()
    let xh = centred / deviation
    let meanU = mean(u), meanUX = mean(u * xh), meanH = mean(h), meanHX = mean(h * xh)
    let inner = (mean(u * h) - meanU * meanH - meanUX * meanHX) * n
    let gr = scale / deviation
    let q = a * h - gr * (u * meanHX + meanUX * h)
    let ddy = cut(gr * (u - meanU - xh * meanUX) + a * xh + b)
    let dx = (q - mean(q) - xh * (mean(q * xh) + gr * inner * (1 / n))) / deviation
    let dscale = inner / deviation
    return [
      ddy.reshaped(self.x.shape), dx.reshaped(self.x.shape), dscale.reshaped([channels]),
    ]
  }

  private func forEachChannel(_ body: (_ channel: Int, _ start: Int) -> Void) {
    // Small batches are not worth handing out.
    if x.count < 1 << 16 {
      for channel in 0..<channels { body(channel, channel * length) }
    } else {
      Workers.forEach(channels) { channel in body(channel, channel * length) }
    }
  }
}

/// Results of an operation with several outputs, recorded where one of its inputs is.
private func recorded(
  _ results: [Tensor], from inputs: [Tensor], _ pullback: @escaping ([Tensor?]) -> [Tensor?]
) -> [Tensor] {
  for input in inputs {
    if let tape = input.origin?.tape {
      return tape.isRecording ? tape.record(results, from: inputs, pullback: pullback) : results
    }
  }
  return results
}
