import Statistics

/// Contrasts of accuracies that are few, all equal or skewed: there Student's t claims to know more than
/// such scores tell.
extension Contrast {
  /// Whether the estimate of factor 1 is wider than the spread of scores alone would have it.
  var isAtEdge: Bool {
    isWidened && groups.contains { group in
      let own = terms.filter { $0.group == group }
      let values = combined(own, factor: 1) { Self.mean(of: $0) }
      return edgeError(of: values, own, factor: 1) != nil
    }
  }

  /// What the values of one group can be, if all are made of accuracies.
  private func range(_ terms: [Term], factor: Double) -> ClosedRange<Double>? {
    guard terms.allSatisfy(\.isAccuracy) else { return nil }
    let weights = terms.map { weight(of: $0, factor: factor) }
    return weights.reduce(0) { $0 + min(0, $1) }...weights.reduce(0) { $0 + max(0, $1) }
  }

  /// What the whole contrast of factor 1 can be, if all is made of accuracies.
  var possible: ClosedRange<Double>? { range(terms, factor: 1) }

  /// The variance of a group's mean whose Student interval is as wide as the longer side of that for
  /// accuracies at the edge; nil where Student's t will do.
  func edgeError(of values: [Double], _ terms: [Term], factor: Double) -> Double? {
    guard let range = range(terms, factor: factor) else { return nil }
    let width = range.upperBound - range.lowerBound
    guard width > 0, values.count > 1 else { return nil }
    let shares = values.map { min(max(($0 - range.lowerBound) / width, 0), 1) }
    guard let interval = Interval.ofAccuracies(shares, over: .episodes),
      interval.estimator == .transformed, let side = interval.longerSide
    else { return nil }
    let t = StudentT(degreesOfFreedom: Double(values.count - 1)).quantile(0.975)
    let error = side * width / t
    return error * error
  }
}
