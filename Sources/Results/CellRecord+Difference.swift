extension CellRecord {
  /// In what the result of a second run of the same cell differs first, in the order in which a run
  /// comes to it; nil if all is equal that ``digest`` covers.
  ///
  /// - Parameter other: The second run.
  /// - Complexity: O(scores + parameters).
  public func firstDifference(from other: CellRecord) -> String? {
    guard digest != other.digest else { return nil }
    if configuration != other.configuration { return "the configuration" }
    for (mine, theirs) in zip(training, other.training)
    where mine.iteration != theirs.iteration || mine.loss.bitPattern != theirs.loss.bitPattern {
      return "the training loss at iteration \(mine.iteration): \(mine.loss), now \(theirs.loss)"
    }
    if training.count != other.training.count { return "the length of training" }
    for (mine, theirs) in zip(validation, other.validation) {
      if let index = Self.firstDifference(mine.scores, theirs.scores) {
        return "validation episode \(index) at iteration \(mine.iteration): "
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
    if test.episodes != other.test.episodes {
      return "the number of test episodes: \(test.episodes), now \(other.test.episodes)"
    }
    if let episode = test.digests.indices.first(where: { test.digests[$0] != other.test.digests[$0] })
    {
      return "test episode \(episode), which is another task now"
    }
    if test.steps == other.test.steps,
      let index = Self.firstDifference(test.scores, other.test.scores)
    {
      return "test episode \(index / (test.steps + 1)) after \(index % (test.steps + 1)) steps: "
        + "\(test.scores[index]), now \(other.test.scores[index])"
    }
    let (mine, theirs) = (test.diagnostics.map(\.name), other.test.diagnostics.map(\.name))
    guard mine == theirs else {
      return "what is recorded beside the scores: \(Self.listed(mine)), now \(Self.listed(theirs))"
    }
    return "what was recorded beside the scores"
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
