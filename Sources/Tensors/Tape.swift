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
  /// Adds the contributions of a node's outputs to the cotangents of its inputs.
  enum Pullback {
    case ofOne((_ cotangent: Tensor, inout Cotangents) -> Void)
    /// Of several outputs; nil stands for zero.
    case ofSeveral((_ cotangents: [Tensor?], inout Cotangents) -> Void)
  }

  struct Node {
    /// Where in ``inputs`` the values stand that it was computed from, constants left out.
    let inputs: Range<Int>
    /// The values it produced, consecutive numbers.
    let outputs: Range<Int>
    var pullback: Pullback
  }

  // A tape belongs to the one task that records on it: nothing is accessed at the same time.
  @exclusivity(unchecked) private(set) var nodes: [Node] = []
  /// The inputs of all nodes, one after the other: a node of its own needs no array.
  @exclusivity(unchecked) private(set) var inputs: [Int] = []
  /// The node that produced each value; -1 for a variable.
  @exclusivity(unchecked) private(set) var producers: [Int] = []
  @exclusivity(unchecked) var isRecording = true
  /// Whether gradients are being found that free what they pass.
  @exclusivity(unchecked) var isReleasing = false

  private init() {
    nodes.reserveCapacity(256)
    inputs.reserveCapacity(512)
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

  /// Frees what a node keeps for its pullback.
  func release(_ node: Int) {
    nodes[node].pullback = .ofOne { _, _ in
      preconditionFailure("this part of the tape was released")
    }
  }

  /// A new node, whose inputs have been appended from `firstInput` on, and its outputs.
  private func append(from firstInput: Int, outputCount: Int, _ pullback: Pullback) -> Range<Int> {
    let outputs = producers.count..<producers.count + outputCount
    for _ in outputs { producers.append(nodes.count) }
    nodes.append(
      Node(inputs: firstInput..<inputs.count, outputs: outputs, pullback: pullback))
    return outputs
  }

  private func append(input: Origin?) {
    guard let input else { return }
    precondition(
      input.tape === self, "an operation mixes values of two tapes; detach one of them")
    inputs.append(input.value)
  }

  fileprivate func record(
    _ value: Tensor, from a: Origin?, _ b: Origin?, _ c: Origin?, _ pullback: Pullback
  ) -> Tensor {
    let firstInput = inputs.count
    append(input: a)
    append(input: b)
    append(input: c)
    let place = append(from: firstInput, outputCount: 1, pullback).lowerBound
    return Tensor(shape: value.shape, buffer: value.buffer, origin: Origin(self, place))
  }

  fileprivate func record(
    _ values: [Tensor], from inputs: [Tensor], _ pullback: Pullback
  ) -> [Tensor] {
    let firstInput = self.inputs.count
    for input in inputs { append(input: input.origin) }
    let places = append(from: firstInput, outputCount: values.count, pullback)
    return zip(values, places).map { value, place in
      Tensor(shape: value.shape, buffer: value.buffer, origin: Origin(self, place))
    }
  }
}

/// A value's place on the tape that recorded it, which outlives it (see ``Tape/recording(_:)``).
struct Origin: @unchecked Sendable {
  unowned(unsafe) let tape: Tape
  let value: Int

  init(_ tape: Tape, _ value: Int) {
    self.tape = tape
    self.value = value
  }
}

/// What a pullback keeps of an input whose numbers it does not read.
struct Outline {
  let shape: Shape
  let origin: Origin?

  init(_ tensor: Tensor) {
    shape = tensor.shape
    origin = tensor.origin
  }
}

extension Tensor {
  /// Whether gradients may flow into this value.
  var isVariable: Bool { origin != nil }

  /// The result of an operation of one output, recorded where one of its inputs is.
  ///
  /// - Parameter pullback: Asked for, and so allocated, only if it is recorded.
  @inline(__always)
  func recorded(
    from a: Origin?, _ b: Origin? = nil, _ c: Origin? = nil,
    _ pullback: @autoclosure () -> ((Tensor, inout Cotangents) -> Void)
  ) -> Tensor {
    guard let tape = (a ?? b ?? c)?.tape, tape.isRecording else { return self }
    return tape.record(self, from: a, b, c, .ofOne(pullback()))
  }

  /// The results of an operation, recorded where one of its inputs is.
  static func recorded(
    _ results: [Tensor], from inputs: [Tensor],
    _ pullback: @escaping ([Tensor?], inout Cotangents) -> Void
  ) -> [Tensor] {
    guard let tape = inputs.lazy.compactMap(\.origin).first?.tape, tape.isRecording else {
      return results
    }
    return tape.record(results, from: inputs, .ofSeveral(pullback))
  }
}
