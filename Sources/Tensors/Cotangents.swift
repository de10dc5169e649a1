/// The cotangents of a tape's values while they flow back from one of them to some variables.
struct Cotangents {
  private var values: [Tensor?]
  /// Whether a value lies between the variables and where the flow starts: all else is left out.
  private var isNeeded: [Bool]
  private var isWanted: [Bool]
  /// What the node at hand contributes. Summed up only when it has contributed all, so that sums
  /// stand behind contributions on a tape that records them.
  private var contributions: [Contribution] = []

  /// What repeated products contribute to their weights, by the weight's value; multiplied out only when all
  /// have been passed.
  private var repetitions: [Int: Repetition] = [:]

  private struct Contribution {
    let value: Int
    let cotangent: Tensor
  }

  /// The products of one weight: the rows that it was multiplied by, and the cotangents of what came out.
  private struct Repetition {
    let transposed: Tensor
    var rows: [Tensor] = []
    var cotangents: [Tensor] = []
  }

  /// Nothing yet for the values up to `last`, of which those of `variables` are wanted.
  init(upTo last: Int, at variables: [Tensor]) {
    values = [Tensor?](repeating: nil, count: last + 1)
    isWanted = [Bool](repeating: false, count: last + 1)
    for variable in variables {
      if let value = variable.origin?.value, value <= last { isWanted[value] = true }
    }
    isNeeded = isWanted
  }

  /// What has reached a variable; nil stands for zero.
  mutating func reached(_ origin: Origin?) -> Tensor? {
    guard let value = origin?.value, value < values.count, isWanted[value] else { return nil }
    settle(value)
    return values[value]
  }

  /// Adds what a node contributes to one of its inputs; computed only if it is needed.
  @inline(__always)
  mutating func add(_ contribution: @autoclosure () -> Tensor, to input: Origin?) {
    guard let input, isNeeded[input.value] else { return }
    contributions.append(Contribution(value: input.value, cotangent: contribution()))
  }

  /// Adds what `rows · weight` contributes to both, where many products share the weight.
  ///
  /// With rows X of all products one below the other, and cotangents G likewise, Xᵀ G is one product of many
  /// terms instead of a sum of as many large matrices; the weight is transposed once for all.
  mutating func add(_ cotangent: Tensor, ofRepeated rows: Tensor, _ weight: Tensor) {
    guard let origin = weight.origin, isNeeded[origin.value] else {
      return add(cotangent.product(weight, transposingOther: true), to: rows.origin)
    }
    var repetition = repetitions[origin.value] ?? Repetition(transposed: weight.swappingLastAxes())
    repetition.rows.append(rows)
    repetition.cotangents.append(cotangent)
    repetitions[origin.value] = repetition
    add(
      cotangent.product(weight, transposingOther: true, right: repetition.transposed), to: rows.origin)
  }

  /// Finds what is needed of the values that nodes up to `last` produced.
  mutating func mark(through last: Int, of tape: Tape) {
    for index in 0...last {
      guard tape.nodes[index].inputs.contains(where: { isNeeded[tape.inputs[$0]] }) else { continue }
      for value in tape.nodes[index].outputs where value < isNeeded.count { isNeeded[value] = true }
    }
  }

  /// Lets what has reached a node's outputs flow on to its inputs.
  ///
  /// - Returns: Whether anything had reached it.
  mutating func pull(through node: Tape.Node) -> Bool {
    switch node.pullback {
    case .ofOne(let pullback):
      guard let reached = take(node.outputs.lowerBound) else { return false }
      pullback(reached, &self)
    case .ofSeveral(let pullback):
      let reached = node.outputs.map { take($0) }
      guard reached.contains(where: { $0 != nil }) else { return false }
      pullback(reached, &self)
    }
    for one in contributions { reach(one.value, one.cotangent) }
    contributions.removeAll(keepingCapacity: true)
    return true
  }

  /// Adds to what has reached a value.
  mutating func reach(_ value: Int, _ cotangent: Tensor) {
    values[value] = values[value].map { $0 + cotangent } ?? cotangent
  }

  /// Multiplies out what repeated products contribute to a value.
  private mutating func settle(_ value: Int) {
    guard let repetition = repetitions.removeValue(forKey: value) else { return }
    let rows = Tensor.concatenated(repetition.rows, along: 0)
    reach(value, rows.product(.concatenated(repetition.cotangents, along: 0), transposing: true))
  }

  /// What has reached a value, which is kept only where it is wanted.
  private mutating func take(_ value: Int) -> Tensor? {
    guard value < values.count, isNeeded[value] else { return nil }
    settle(value)
    guard let reached = values[value] else { return nil }
    if !isWanted[value] { values[value] = nil }
    return reached
  }
}
