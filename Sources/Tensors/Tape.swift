/// The record of a computation, from which gradients of any order are found.
///
/// A tape lives for one task: what was recorded is freed when `recording` returns, so memory stays
/// flat over any number of tasks. Every operation's vector-Jacobian product is written with the same
/// operations, so a gradient that is taken while the tape records can be differentiated again.
///
///     let slope = Tape.recording { tape in
///       let x = tape.variable(Tensor(3))
///       let y = x * x * x
///       let dy = gradient(of: y, at: [x], keepingGraph: true)[0]   // 3 x^2 = 27
///       return gradient(of: dy, at: [x])[0].detached               // 6 x = 18
///     }
public final class Tape: @unchecked Sendable {
  /// From the cotangents of a node's outputs to those of its inputs; nil stands for zero.
  typealias Pullback = (_ cotangents: [Tensor?]) -> [Tensor?]

  struct Node {
    /// The values it was computed from; nil for a constant.
    let inputs: [Int?]
    /// The values it produced: consecutive numbers from here on.
    let firstOutput: Int
    let outputCount: Int
    let pullback: Pullback
  }

  private(set) var nodes: [Node] = []
  /// The node that produced each value; -1 for a variable.
  private(set) var producers: [Int] = []
  var isRecording = true

  private init() {
    nodes.reserveCapacity(256)
    producers.reserveCapacity(512)
  }

  /// Calls `body` with a fresh tape.
  ///
  /// Tensors that leave `body` must be ``Tensor/detached``: the tape is gone afterwards.
  public static func recording<Result>(_ body: (Tape) throws -> Result) rethrows -> Result {
    let tape = Tape()
    return try withExtendedLifetime(tape) { try body(tape) }
  }

  /// A value that gradients can be taken with respect to.
  public func variable(_ value: Tensor) -> Tensor {
    producers.append(-1)
    return Tensor(shape: value.shape, buffer: value.buffer, origin: Origin(self, producers.count - 1))
  }

  /// Values that gradients can be taken with respect to.
  public func variables(_ values: [Tensor]) -> [Tensor] { values.map(variable) }

  func record(_ values: [Tensor], from inputs: [Tensor], pullback: @escaping Pullback) -> [Tensor] {
    precondition(
      inputs.allSatisfy { $0.origin.map { $0.tape === self } ?? true },
      "an operation mixes values of two tapes; detach one of them")
    let first = producers.count
    nodes.append(
      Node(
        inputs: inputs.map { $0.origin?.value }, firstOutput: first, outputCount: values.count,
        pullback: pullback))
    return values.map { value in
      producers.append(nodes.count - 1)
      return Tensor(
        shape: value.shape, buffer: value.buffer, origin: Origin(self, producers.count - 1))
    }
  }
}

/// A value's place on the tape that recorded it.
struct Origin: Sendable {
  unowned let tape: Tape
  let value: Int

  init(_ tape: Tape, _ value: Int) {
    self.tape = tape
    self.value = value
  }
}


extension Tensor {
  /// Whether gradients may flow into this value.
  var isVariable: Bool { origin != nil }

  /// The result of an operation of one output, recorded where one of its inputs is.
  @inline(__always)
  func recorded(from inputs: [Tensor], _ pullback: @escaping (Tensor) -> [Tensor?]) -> Tensor {
    for input in inputs {
      if let tape = input.origin?.tape {
        guard tape.isRecording else { return self }
        return tape.record([self], from: inputs) { cotangents in
          cotangents[0].map(pullback) ?? []
        }[0]
      }
    }
    return self
  }
}
