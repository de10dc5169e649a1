import CKernels

// Arithmetic element by element. Where two shapes differ, the smaller one is repeated along its axes
// of length 1 (both have the same rank), or is a single number.

extension Tensor {
  /// The sum of two tensors.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, mb_add).recorded(from: [a, b]) { g in [g.summed(to: a.shape), g.summed(to: b.shape)] }
  }

  /// The difference of two tensors.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, mb_subtract).recorded(from: [a, b]) { g in
      [g.summed(to: a.shape), -g.summed(to: b.shape)]
    }
  }

  /// The product of two tensors, element by element.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, mb_multiply).recorded(from: [a, b]) { g in
      [
        a.isVariable ? (g * b).summed(to: a.shape) : nil,
        b.isVariable ? (g * a).summed(to: b.shape) : nil,
      ]
    }
  }

  /// The quotient of two tensors, element by element.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, mb_divide).recorded(from: [a, b]) { g in
      let byA = g / b
      return [byA.summed(to: a.shape), b.isVariable ? -(byA * (a / b)).summed(to: b.shape) : nil]
    }
  }

  /// Every element times a number.
  public static func * (a: Tensor, number: Float) -> Tensor {
    map(a) { mb_multiply_number($0, $1, number, $2) }.recorded(from: [a]) { g in [g * number] }
  }

  /// Every element times a number.
  public static func * (number: Float, a: Tensor) -> Tensor { a * number }

  /// Every element times the reciprocal of a number.
  public static func / (a: Tensor, number: Float) -> Tensor { a * (1 / number) }

  /// Every element with the other sign.
  public static prefix func - (a: Tensor) -> Tensor { a * -1 }

  /// Every element plus a number.
  public static func + (a: Tensor, number: Float) -> Tensor {
    map(a) { mb_add_number($0, $1, number, $2) }.recorded(from: [a]) { g in [g] }
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
    .recorded(from: [self, other]) { g in [g, g * scale] }
  }

  /// `max(self, 0)`.
  public func relu() -> Tensor {
    let y = Tensor.map(self, mb_relu)
    return y.recorded(from: [self]) { g in [g.gated(by: y)] }
  }

  /// Itself where `gate` is positive, 0 elsewhere; no gradient flows to the gate.
  public func gated(by gate: Tensor) -> Tensor {
    let gate = gate.detached
    return Tensor.binary(self, gate, mb_gate).recorded(from: [self]) { g in [g.gated(by: gate)] }
  }

  /// The exponential of every element.
  public func exp() -> Tensor {
    Tensor.map(self, mb_exp).recorded(from: [self]) { g in [g * self.exp()] }
  }

  /// The natural logarithm of every element.
  public func log() -> Tensor {
    Tensor.map(self, mb_log).recorded(from: [self]) { g in [g / self] }
  }

  /// The square root of every element.
  public func squareRoot() -> Tensor {
    Tensor.map(self, mb_sqrt).recorded(from: [self]) { g in [g / (self.squareRoot() * 2)] }
  }

  /// The hyperbolic tangent of every element.
  public func tanh() -> Tensor {
    Tensor.map(self, mb_tanh).recorded(from: [self]) { g in
      let y = self.tanh()
      return [g - g * y * y]
    }
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
