/// Episodes' accuracies as a few-shot test gives them: of 75 queries, beta-binomial.
///
/// Each episode has a difficulty of its own (beta), and its queries are right with that
/// probability.
struct ScorePopulation {
  static let queries = 75

  let mean: Double
  /// The probability of each number of right answers or fewer.
  private let cumulative: [Double]

  /// - Parameter correlation: Of two queries of one episode: 0.01 to 0.06 in this project's
  ///   Omniglot results.
  init(mean: Double, correlation: Double = 0.05) {
    self.mean = mean
    let size = 1 / correlation - 1
    let (α, β) = (mean * size, (1 - mean) * size)
    // p(k + 1) / p(k), from one end; then scaled to sum up to 1.
    var weights = [1.0]
    for k in 0..<Self.queries {
      let left = Double(Self.queries - k)
      weights.append(
        weights[k] * left / Double(k + 1) * (Double(k) + α) / (left - 1 + β))
    }
    let total = weights.reduce(0, +)
    var sum = 0.0
    cumulative = weights.map { weight in
      sum += weight
      return sum / total
    }
  }

  /// One episode's accuracy.
  func draw(_ generator: inout TestGenerator) -> Double { score(at: generator.uniform()) }

  /// `count` episodes' accuracies.
  func draw(_ count: Int, _ generator: inout TestGenerator) -> [Double] {
    (0..<count).map { _ in draw(&generator) }
  }

  /// The accuracy below which a share `probability` of episodes lies.
  func score(at probability: Double) -> Double {
    var (low, high) = (0, Self.queries)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > probability { high = middle } else { low = middle + 1 }
    }
    return Double(low) / Double(Self.queries)
  }
}
