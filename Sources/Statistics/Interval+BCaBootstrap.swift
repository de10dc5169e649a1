extension Interval {
  /// The bias-corrected and accelerated bootstrap interval of the mean; nil if there are no values.
  ///
  ///     var random = RandomStream(seed: 2017).child("bootstrap")
  ///     Interval.bcaBootstrap(of: scores, over: .episodes) { random.nextUInt64() }
  ///
  /// - Parameters:
  ///   - resamples: The number of bootstrap samples.
  ///   - random: The next 64 random bits; `resamples` times the number of values of them are drawn,
  ///     and a few more. Equal bits give equal intervals.
  /// - Precondition: `confidence` is above 0 and below 1, and `resamples` at least 1.
  /// - Complexity: O(`resamples` · values).
  /// - Reference: Efron, Better bootstrap confidence intervals, Journal of the American Statistical
  ///   Association 82 (1987), equations 2.3 and 6.6 (acceleration, by jackknife); ends as in
  ///   `scipy.stats.bootstrap`.
  public static func bcaBootstrap(
    of values: [Double], over unit: Unit, confidence: Double = 0.95, resamples: Int = 9999,
    random: () -> UInt64
  ) -> Interval? {
    guard let summary = Summary(of: values) else { return nil }
    guard let deviation = summary.standardDeviation, deviation > 0 else {
      return Interval(
        summary, halfWidth: summary.standardDeviation, unit: unit, .bcaBootstrap, confidence)
    }
    precondition(resamples > 0, "one resample or more")
    let means = (0..<resamples).map { _ in
      var total = 0.0
      for _ in values.indices { total += values[index(below: values.count, random)] }
      return total / Double(values.count)
    }.sorted()
    // The share of resampled means below the mean, those equal to it counted half.
    let below = Double(means.partitioningIndex { $0 >= summary.mean })
    let upTo = Double(means.partitioningIndex { $0 > summary.mean })
    let share = (below + upTo) / 2 / Double(resamples)
    let limit = 0.5 / Double(resamples)
    let bias = Normal.quantile(max(limit, min(1 - limit, share)))
    let deviations = values.map { $0 - summary.mean }
    let squares = Summary.sum(deviations.map { $0 * $0 })
    let cubes = Summary.sum(deviations.map { $0 * $0 * $0 })
    let acceleration = cubes / (6 * squares * squares.squareRoot())
    func end(_ probability: Double) -> Double {
      let z = bias + Normal.quantile(probability)
      return quantile(Normal.cumulative(bias + z / (1 - acceleration * z)), of: means)
    }
    return Interval(
      summary, ends: (end((1 - confidence) / 2), end((1 + confidence) / 2)), unit: unit,
      .bcaBootstrap, confidence)
  }

  /// An index below `count`, all equally likely.
  ///
  /// - Reference: Lemire, Fast random integer generation in an interval, ACM Transactions on
  ///   Modeling and Computer Simulation 29 (2019), algorithm 5.
  private static func index(below count: Int, _ random: () -> UInt64) -> Int {
    let bound = UInt64(count)
    var product = random().multipliedFullWidth(by: bound)
    if product.low < bound {
      let least = (0 &- bound) % bound
      while product.low < least { product = random().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// The value below which a share `probability` of `sorted` lies, interpolated linearly.
  private static func quantile(_ probability: Double, of sorted: [Double]) -> Double {
    let place = probability * Double(sorted.count - 1)
    let left = Int(place)
    let right = min(left + 1, sorted.count - 1)
    return sorted[left] + (place - Double(left)) * (sorted[right] - sorted[left])
  }
}

extension [Double] {
  /// The first index whose element, and all after it, satisfy `predicate`.
  fileprivate func partitioningIndex(_ predicate: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
