/// What was measured of one workload.
struct Measurement {
  let workload: Workload
  /// Units per second in each round, on all threads.
  var rates: [Double] = []
  /// The same on one thread.
  var singleRates: [Double] = []
  var peakBytes = 0
  /// The best peer's units per second in each round, in turn with ours.
  var peerRates: [Double] = []
  var peerBytes = 0
  /// The rate of sgemm on all threads, measured in each round.
  var limits: [Double] = []

  var rate: Double { median(rates) }
  /// Of the sgemm rate.
  var share: Double { rate * workload.operations / median(limits) }
  var ratio: Double? { peerRates.isEmpty ? nil : rate / median(peerRates) }
  var scaling: Double? { singleRates.isEmpty ? nil : rate / median(singleRates) }
}

/// The middle one; of an even number the mean of the two in the middle.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
