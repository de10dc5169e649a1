/// The gradient of a number with respect to some variables of its tape: reverse accumulation.
///
/// - Parameters:
///   - y: A single number.
///   - variables: Values recorded on the same tape as `y`.
///   - keepingGraph: Whether the gradient itself is recorded, so that it can be differentiated
///     again. Without it the result is constant and costs less.
/// - Returns: One tensor of the variable's shape for each; zeros where `y` does not depend on it.
public func gradient(
  of y: Tensor, at variables: [Tensor], keepingGraph: Bool = false
) -> [Tensor] {
  precondition(y.count == 1, "only a single number has a gradient, not a tensor of shape \(y.shape)")
  return pullback(Tensor(repeating: 1, y.shape), through: y, at: variables, keepingGraph: keepingGraph)
}

/// The vector-Jacobian product: the cotangents of `variables` for a cotangent of `y`.
///
/// - Parameters:
///   - cotangent: Of the shape of `y`.
///   - keepingGraph: Whether the result is recorded in turn.
public func pullback(
  _ cotangent: Tensor, through y: Tensor, at variables: [Tensor], keepingGraph: Bool = false
) -> [Tensor] {
  guard let origin = y.origin else { return variables.map { .zeros($0.shape) } }
  let tape = origin.tape
  let before = tape.isRecording
  tape.isRecording = keepingGraph
  defer { tape.isRecording = before }

  // What lies between the variables and y: everything else is left out.
  var isNeeded = [Bool](repeating: false, count: origin.value + 1)
  for variable in variables {
    if let value = variable.origin?.value, value <= origin.value { isNeeded[value] = true }
  }
  let lastNode = tape.producers[origin.value]
  guard lastNode >= 0 else {
    return variables.map { $0.origin?.value == origin.value ? cotangent : .zeros($0.shape) }
  }
  for index in 0...lastNode {
    let node = tape.nodes[index]
    guard node.inputs.contains(where: { $0.map { isNeeded[$0] } ?? false }) else { continue }
    for value in node.firstOutput..<node.firstOutput + node.outputCount where value <= origin.value {
      isNeeded[value] = true
    }
  }

  var cotangents = [Tensor?](repeating: nil, count: origin.value + 1)
  cotangents[origin.value] = cotangent
  let wanted = Set(variables.compactMap { $0.origin?.value })
  for index in stride(from: lastNode, through: 0, by: -1) {
    let node = tape.nodes[index]
    var outputs = [Tensor?](repeating: nil, count: node.outputCount)
    var isReached = false
    for slot in 0..<node.outputCount where node.firstOutput + slot <= origin.value {
      let value = node.firstOutput + slot
      guard let reached = cotangents[value], isNeeded[value] else { continue }
      outputs[slot] = reached
      isReached = true
      if !wanted.contains(value) { cotangents[value] = nil }
    }
    guard isReached else { continue }
    for (input, contribution) in zip(node.inputs, node.pullback(outputs)) {
      guard let input, isNeeded[input], let contribution else { continue }
      cotangents[input] = cotangents[input].map { $0 + contribution } ?? contribution
    }
  }
  return variables.map { variable in
    variable.origin.flatMap { $0.value <= origin.value ? cotangents[$0.value] : nil }
      ?? .zeros(variable.shape)
  }
}
