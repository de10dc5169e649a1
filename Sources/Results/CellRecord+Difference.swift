extension CellRecord {
  /// In what the result of a second run of the same cell differs first, in the order in which a run
  /// comes to it; nil if all is equal that ``digest`` covers.
  ///
  /// - Parameter other: The second run.
  /// - Complexity: O(scores + parameters).
  public func firstDifference(from other: CellRecord) -> String? {
    guard digest != other.digest else { return nil }
    if configuration != other.configuration { return "the configuration" }
    let (own, others) = (tuning?.trials ?? [], other.tuning?.trials ?? [])
    for (index, (mine, theirs)) in zip(own, others).enumerated() {
      if let unit = Self.firstDifference(mine.scores, theirs.scores) {
        return "trial \(index), validation \(self.unit.singular) \(unit): \(mine.scores[unit]), "
          + "now \(theirs.scores[unit])"
      }
    }
    if own.count != others.count || tuning?.chosen != other.tuning?.chosen { return "what was chosen" }
    for (mine, theirs) in zip(training, other.training)
    where mine.iteration != theirs.iteration || mine.loss.bitPattern != theirs.loss.bitPattern {
      return "the training loss at iteration \(mine.iteration): \(mine.loss), now \(theirs.loss)"
    }
    if training.count != other.training.count { return "the length of training" }
    for (mine, theirs) in zip(validation, other.validation) {
      if let index = Self.firstDifference(mine.scores, theirs.scores) {
        return "validation \(unit.singular) \(index) at iteration \(mine.iteration): "
          + "\(mine.scores[index]), now \(theirs.scores[index])"
      }
    }
    for (mine, theirs) in zip(parameters, other.parameters) {
      if let index = Self.firstDifference(mine.values, theirs.values) {
        return "parameter '\(mine.name)' at \(index): \(mine.values[index]), "
          + "now \(theirs.values[index])"
      }
    }
    if status != other.status { return "the status: \(status.name), now \(other.status.name)" }
    if test.units != other.test.units {
      return "the number of test \(unit.plural): \(test.units), now \(other.test.units)"
    }
    if let place = test.digests.indices.first(where: { test.digests[$0] != other.test.digests[$0] }) {
      return "test \(unit.singular) \(place), which is another task now"
    }
    for (mine, theirs) in zip(test.arrays, other.test.arrays)
    where mine.metric.name == theirs.metric.name && mine.axes == theirs.axes {
      if let index = Self.firstDifference(mine.values, theirs.values) {
        let row = (unit: index / mine.width, place: index % mine.width)
        return "test \(unit.singular) \(row.unit)\(mine.words(of: row.place)): \(mine.metric.name) was "
          + "\(mine.values[index]), now \(theirs.values[index])"
      }
    }
    let (mine, theirs) = (test.arrays.map(\.metric.name), other.test.arrays.map(\.metric.name))
    guard mine == theirs else {
      return "what is recorded: \(Self.listed(mine)), now \(Self.listed(theirs))"
    }
    return "the axes of what is recorded"
  }

  private static func listed(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.joined(separator: ", ")
  }

  /// The index of the first number that differs in its bits, of those that both have.
  private static func firstDifference<Number: BinaryFloatingPoint>(
    _ first: [Number], _ second: [Number]
  ) -> Int? {
    zip(first, second).enumerated().first { _, pair in
      pair.0.significandBitPattern != pair.1.significandBitPattern
        || pair.0.exponentBitPattern != pair.1.exponentBitPattern || pair.0.sign != pair.1.sign
    }?.offset
  }
}
