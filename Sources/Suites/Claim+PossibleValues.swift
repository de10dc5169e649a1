import Measures

extension Claim {
  /// What the compared quantity could be at all, whatever the results; nil where that is not known, as
  /// for differences of losses, or where comparisons differ in it.
  func possibleValues(of comparisons: [Comparison]) -> ClosedRange<Double>? {
    let ranges = comparisons.map(possibleValues)
    guard let first = ranges.first, ranges.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  private func possibleValues(of comparison: Comparison) -> ClosedRange<Double>? {
    let metrics = comparison.cells.map(quantity.metric)
    let sums = [left, other.side].contains { $0?.measure.reduction == .sum }
    let isAccuracy = !sums && metrics.allSatisfy(\.isShare)
    // What is recorded besides may be below zero.
    let isKnown = isAccuracy || metrics.allSatisfy { $0.direction != .neither && $0.scale != .real }
      || metrics.allSatisfy { $0 == .loss }
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
