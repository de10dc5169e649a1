import Results

extension CellRecord {
  /// What a cell that is done went through all the same, as sentences: validation scores that are not
  /// finite or have exploded.
  public var remarks: [String] {
    let scores = validation.flatMap(\.scores)
    let limit = metric != .loss ? .infinity : Explosions.limit(of: scores) ?? .infinity
    let bad = validation.filter { $0.scores.contains { !$0.isFinite || $0 > limit } }
    guard !bad.isEmpty else { return [] }
    let notFinite = scores.count { !$0.isFinite }
    let exploded = scores.count { $0.isFinite && $0 > limit }
    var parts: [String] = []
    if notFinite > 0 {
      parts.append(
        "\(notFinite.grouped) of \(scores.count.grouped) scores "
          + "\(notFinite == 1 ? "is" : "are") not finite")
    }
    if exploded > 0 {
      parts.append(
        "\(exploded.grouped) of \(scores.count.grouped) exploded to more than "
          + "\(Explosions.factor.grouped) times the median")
    }
    let iterations = bad.map(\.iteration.grouped)
    return [
      "Validation went out of bounds at iteration\(bad.count == 1 ? "" : "s") "
        + "\(iterations.joined(separator: ", ")): \(parts.joined(separator: ", "))."
    ]
  }
}
