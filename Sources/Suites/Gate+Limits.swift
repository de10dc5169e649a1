extension Gate {
  /// The numbers of a gate, by the names that suites give them.
  public enum Limit: String, CaseIterable, Sendable {
    case margin, confidence, trainingDeviation, trainSeconds, peakMemory

    /// What a value should be, in words, if `value` makes no sense; nil if it does.
    ///
    /// - Parameter ofAccuracies: Whether any of the judged scores is an accuracy. These are in 0...1, so
    ///   that nothing could ever fail a margin of 1 or more.
    public func objection(to value: Double, ofAccuracies: Bool) -> String? {
      switch self {
      case .margin, .trainingDeviation:
        guard value >= 0, value.isFinite else { return "0 or more, and finite" }
        guard ofAccuracies, value >= 1 else { return nil }
        return "below 1, for accuracies are in 0...1: "
          + "\(SuiteNumber.text(value)) point\(value == 1 ? " is" : "s are") \(SuiteNumber.text(value / 100))"
      case .confidence:
        return value >= 0.5 && value < 1
          ? nil : "at least 0.5 and below 1, for example 0.95"
      case .trainSeconds:
        return value >= 1 && value.isFinite ? nil : "at least 1, and finite, for example 1.5"
      case .peakMemory:
        return value >= 1 && value.isFinite ? nil : "at least 1, and finite, for example 1.2"
      }
    }
  }
}
