/// Scores with bounds that are few, all equal or skewed: there Student's t claims to know more than such scores tell.
extension CrossedDesign {
  /// Whether `overUnits` is wider than the spread of scores alone would have it.
  public var isAtEdge: Bool {
    groups.contains { group in
      edgeVariance(of: Self.sums(group.map { ($0.weight, $0.means) }), group) != nil
    }
  }

  /// What a sum can be, if that is known of every term.
  static func range(of terms: [Term]) -> ClosedRange<Double>? {
    var (least, greatest) = (0.0, 0.0)
    for term in terms {
      guard let range = term.range else { return nil }
      let ends = [range.lowerBound * term.weight, range.upperBound * term.weight]
      least += ends.min()!
      greatest += ends.max()!
    }
    return least...greatest
  }

  /// The variance of a group's mean whose Student interval is as wide as the longer side of the one for such scores:
  /// a stopping rule's own, or that of accuracies at the edge; nil where Student's t will do.
  func edgeVariance(of values: [Double], _ terms: [Term]) -> Double? {
    let side: Double
    if let rule = terms[0].rule, terms.count == 1, terms[0].weight == 1 {
      guard let longer = rule.interval(values)?.longerSide else { return nil }
      side = longer
    } else {
      guard let range = Self.range(of: terms) else { return nil }
      let width = range.upperBound - range.lowerBound
      guard width > 0 else { return nil }
      let shares = values.map { min(max(($0 - range.lowerBound) / width, 0), 1) }
      guard let interval = Interval.ofAccuracies(shares, over: .episodes),
        interval.estimator == .transformed, let longer = interval.longerSide
      else { return nil }
      side = longer * width
    }
    let t = StudentT(degreesOfFreedom: Double(values.count - 1)).quantile(0.975)
    return (side / t) * (side / t)
  }
}
