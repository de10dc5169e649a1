/// The gradient of a number with respect to some variables of its tape: reverse accumulation.
///
/// - Parameters:
///   - y: A single number.
///   - variables: Values recorded on the same tape as `y`.
///   - keepingGraph: Whether the gradient itself is recorded, so that it can be differentiated
///     again. Without it the result is constant and costs less.
///   - releasing: Whether what was recorded between the variables and `y` is freed on the way, so
///     that memory falls while gradients are found. It cannot be differentiated another time.
/// - Returns: One tensor of the variable's shape for each; zeros where `y` does not depend on it.
public func gradient(
  of y: Tensor, at variables: [Tensor], keepingGraph: Bool = false, releasing: Bool = false
) -> [Tensor] {
  precondition(!(keepingGraph && releasing), "a graph is kept or released, not both")
  precondition(y.count == 1, "only a single number has a gradient, not a tensor of shape \(y.shape)")
  return pullback(
    Tensor(repeating: 1, y.shape), through: y, at: variables, keepingGraph: keepingGraph,
    releasing: releasing)
}

/// The vector-Jacobian product: the cotangents of `variables` for a cotangent of `y`.
///
/// - Parameters:
///   - cotangent: Of the shape of `y`.
///   - keepingGraph: Whether the result is recorded in turn.
public func pullback(
  _ cotangent: Tensor, through y: Tensor, at variables: [Tensor], keepingGraph: Bool = false,
  releasing: Bool = false
) -> [Tensor] {
  guard let origin = y.origin else { return variables.map { .zeros($0.shape) } }
  let tape = origin.tape
  let before = tape.isRecording
  tape.isRecording = keepingGraph
  tape.isReleasing = releasing
  defer {
    tape.isRecording = before
    tape.isReleasing = false
  }

  var cotangents = Cotangents(upTo: origin.value, at: variables)
  let lastNode = tape.producers[origin.value]
  cotangents.reach(origin.value, cotangent)
  if lastNode >= 0 {
    cotangents.mark(through: lastNode, of: tape)
    for index in stride(from: lastNode, through: 0, by: -1) {
      if cotangents.pull(through: tape.nodes[index]), releasing { tape.release(index) }
    }
  }
  return variables.map { cotangents.reached($0.origin) ?? .zeros($0.shape) }
}
