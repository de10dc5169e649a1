extension Claim {
  /// What the compared quantity could be at all, whatever the results; nil where that is not known, as
  /// for differences of losses, or where comparisons differ in it.
  func possibleValues(of comparisons: [Comparison]) -> ClosedRange<Double>? {
    let ranges = comparisons.map(possibleValues)
    guard let first = ranges.first, ranges.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  private func possibleValues(of comparison: Comparison) -> ClosedRange<Double>? {
    let isAccuracy: Bool
    switch quantity {
    case .test: isAccuracy = comparison.cells.allSatisfy { !$0.isRegression }
    case .trainSeconds: isAccuracy = false
    // Other diagnostics may be below zero.
    case .diagnostic(let name): isAccuracy = name.hasSuffix("accuracy")
    }
    let isKnown = isAccuracy || quantity == .test || quantity == .trainSeconds
    switch other {
    case .over: return isKnown ? 0...Double.infinity : nil
    case .nothing where change == nil:
      return isAccuracy ? 0...1 : isKnown ? 0...Double.infinity : nil
    // What changes is a value, or a difference.
    case .nothing: return isAccuracy ? -1...1 : nil
    case .minus: return isAccuracy ? (change == nil ? -1...1 : -2...2) : nil
    }
  }
}
