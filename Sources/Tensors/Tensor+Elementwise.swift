import CKernels

// Arithmetic element by element. Where two shapes differ, the smaller one is repeated along its axes
// of length 1 (both have the same rank), or is a single number.

extension Tensor {
  /// The sum of two tensors.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, mb_add).recorded(from: a.origin, b.origin) {
      [a = Outline(a), b = Outline(b)] g, flow in
      flow.add(g.summed(to: a.shape), to: a.origin)
      flow.add(g.summed(to: b.shape), to: b.origin)
    }
  }

  /// The difference of two tensors.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, mb_subtract).recorded(from: a.origin, b.origin) {
      [a = Outline(a), b = Outline(b)] g, flow in
      flow.add(g.summed(to: a.shape), to: a.origin)
      flow.add(-g.summed(to: b.shape), to: b.origin)
    }
  }

  /// The product of two tensors, element by element.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, mb_multiply).recorded(from: a.origin, b.origin) { g, flow in
      flow.add((g * b).summed(to: a.shape), to: a.origin)
      flow.add((g * a).summed(to: b.shape), to: b.origin)
    }
  }

  /// The quotient of two tensors, element by element.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, mb_divide).recorded(from: a.origin, b.origin) { g, flow in
      let byA = g / b
      flow.add(byA.summed(to: a.shape), to: a.origin)
      flow.add(-(byA * (a / b)).summed(to: b.shape), to: b.origin)
    }
  }

  /// Every element times a number.
  public static func * (a: Tensor, number: Float) -> Tensor {
    map(a) { mb_multiply_number($0, $1, number, $2) }.recorded(from: a.origin) {
      [origin = a.origin] g, flow in flow.add(g * number, to: origin)
    }
  }

  /// Every element times a number.
  public static func * (number: Float, a: Tensor) -> Tensor { a * number }

  /// Every element times the reciprocal of a number.
  public static func / (a: Tensor, number: Float) -> Tensor { a * (1 / number) }

  /// Every element with the other sign.
  public static prefix func - (a: Tensor) -> Tensor { a * -1 }

  /// Every element plus a number.
  public static func + (a: Tensor, number: Float) -> Tensor {
    map(a) { mb_add_number($0, $1, number, $2) }.recorded(from: a.origin) {
      [origin = a.origin] g, flow in flow.add(g, to: origin)
    }
  }

  /// `self + scale * other`, of equal shapes: a gradient step in one pass.
  public func adding(_ other: Tensor, scaledBy scale: Float) -> Tensor {
    precondition(shape == other.shape, "shapes \(shape) and \(other.shape) differ")
    return Tensor(shape) { out in
      Workers.forEachRun(of: count) { run in
        mb_add_scaled(
          run.count, buffer.elements + run.lowerBound, other.buffer.elements + run.lowerBound,
          scale, out.baseAddress! + run.lowerBound)
      }
    }
    .recorded(from: origin, other.origin) { [origin, source = other.origin] g, flow in
      flow.add(g, to: origin)
      flow.add(g * scale, to: source)
    }
  }

  /// `max(self, 0)`.
  public func relu() -> Tensor {
    let y = Tensor.map(self, mb_relu)
    return y.recorded(from: origin) { [origin] g, flow in flow.add(g.gated(by: y), to: origin) }
  }

  /// Every element, or the end of a range that it is beyond; no gradient flows to one that is.
  public func clamped(to range: ClosedRange<Float>) -> Tensor {
    func map(_ element: (Float) -> Float) -> Tensor {
      Tensor(shape) { out in
        withElements { elements in
          for index in elements.indices { out[index] = element(elements[index]) }
        }
      }
    }
    return map { min(max($0, range.lowerBound), range.upperBound) }
      .recorded(from: origin) { [origin] g, flow in
        flow.add(g.gated(by: map { range.contains($0) ? 1 : 0 }), to: origin)
      }
  }

  /// Itself where `gate` is positive, 0 elsewhere; no gradient flows to the gate.
  public func gated(by gate: Tensor) -> Tensor {
    let gate = gate.detached
    return Tensor.binary(self, gate, mb_gate).recorded(from: origin) { [origin] g, flow in
      flow.add(g.gated(by: gate), to: origin)
    }
  }

  /// The exponential of every element.
  public func exp() -> Tensor {
    Tensor.map(self, mb_exp).recorded(from: origin) { g, flow in flow.add(g * exp(), to: origin) }
  }

  /// The natural logarithm of every element.
  public func log() -> Tensor {
    Tensor.map(self, mb_log).recorded(from: origin) { g, flow in flow.add(g / self, to: origin) }
  }

  /// The square root of every element.
  public func squareRoot() -> Tensor {
    Tensor.map(self, mb_sqrt).recorded(from: origin) { g, flow in
      flow.add(g / (squareRoot() * 2), to: origin)
    }
  }

  /// The hyperbolic tangent of every element.
  public func tanh() -> Tensor {
    Tensor.map(self, mb_tanh).recorded(from: origin) { g, flow in
      let y = tanh()
      flow.add(g - g * y * y, to: origin)
    }
  }

  /// 1 / (1 + e⁻ˣ) of every element, within 2e-7 of it and much faster than through ``tanh()``.
  public func logistic() -> Tensor {
    Tensor.map(self, mb_logistic).recorded(from: origin) { g, flow in
      let y = logistic()
      flow.add(g * y - g * y * y, to: origin)
    }
  }

  /// log(1 + eˣ) of every element, without overflow.
  public func softplus() -> Tensor {
    let positive = detached.relu()
    let negative = (-detached).relu()
    let y = positive + ((-(positive + negative)).exp() + 1).log()
    return y.recorded(from: origin) { [origin] g, flow in flow.add(g * logistic(), to: origin) }
  }

  /// The square of every element.
  public func squared() -> Tensor { self * self }

  static func map(
    _ a: Tensor,
    _ kernel: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor {
    Tensor(a.shape) { out in
      Workers.forEachRun(of: a.count) { run in
        kernel(run.count, a.buffer.elements + run.lowerBound, out.baseAddress! + run.lowerBound)
      }
    }
  }

  typealias BinaryKernel = (
    Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>
  ) -> Void

  static func binary(_ a: Tensor, _ b: Tensor, _ kernel: BinaryKernel) -> Tensor {
    if a.shape != b.shape {
      let shape = Shape.broadcasting(a.shape, b.shape)
      return binary(a.detached.repeated(to: shape), b.detached.repeated(to: shape), kernel)
    }
    return Tensor(a.shape) { out in
      Workers.forEachRun(of: a.count) { run in
        kernel(
          run.count, a.buffer.elements + run.lowerBound, b.buffer.elements + run.lowerBound,
          out.baseAddress! + run.lowerBound)
      }
    }
  }
}
