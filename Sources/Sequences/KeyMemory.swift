import Randomness
import Tensors

/// A memory of keys with labels, of which the nearest answers (Kaiser, Nachum, Roy, Bengio 2017, Learning to
/// remember rare events, section 3).
///
///     answer:  the label of the row whose key K is nearest to the query q, by q · K; both have length 1
///     learn:   if that label is right:   K ← (q + K) / ‖q + K‖, and the row's age becomes 0
///              if it is wrong:           q and its label replace the oldest row, whose age becomes 0; of ages
///                                        the oldest is the one that is largest with noise in ±`ageNoise`
///              all other ages grow by 1
///     margin:  [q · (nearest key of another label) − q · (nearest key of the right label) + α]₊
///
/// Rows are empty at first; empty ones answer nothing. Several queries are learned at once, each as if it were
/// alone, but for the oldest rows, of which each takes another.
package struct KeyMemory: Sendable {
  /// Rows.
  package let slots: Int
  /// Numbers of a key.
  package let width: Int
  /// How far noise moves an age.
  package let ageNoise: Double
  /// By slot: `slots * width` numbers.
  package private(set) var keys: [Float]
  /// By slot; nil where it is empty.
  package private(set) var labels: [Int?]
  /// By slot: how often something was learned since this row was.
  package private(set) var ages: [Int]

  /// An empty memory.
  package init(slots: Int, width: Int, ageNoise: Double) {
    self.slots = slots
    self.width = width
    self.ageNoise = ageNoise
    keys = [Float](repeating: 0, count: slots * width)
    labels = [Int?](repeating: nil, count: slots)
    ages = [Int](repeating: 0, count: slots)
  }

  /// The rows that are nearest to a query: with the right label, and with another one; nil where there is none.
  package struct Neighbors: Equatable, Sendable {
    /// The nearest row with the query's label.
    package var right: Int?
    /// The nearest row with another one.
    package var wrong: Int?
    /// Whether the nearest of all has the query's label.
    package var isRecognized: Bool
  }

  /// q · K for all rows: `[queries, slots]`, a constant.
  ///
  /// - Parameter queries: Of length 1: `[queries, width]`.
  package func likeness(_ queries: Tensor) -> Tensor {
    queries.detached.product(Tensor([slots, width], keys), transposingOther: true)
  }

  /// The neighbors of queries with these labels. Of equally near rows the first counts.
  package func neighbors(of queries: Tensor, _ queryLabels: [Int]) -> [Neighbors] {
    likeness(queries).withElements { likeness in
      queryLabels.enumerated().map { query, label in
        var (right, wrong): (Int?, Int?)
        func isNearer(_ slot: Int, than other: Int?) -> Bool {
          other.map { likeness[query * slots + slot] > likeness[query * slots + $0] } ?? true
        }
        for slot in 0..<slots {
          guard let own = labels[slot] else { continue }
          if own == label {
            if isNearer(slot, than: right) { right = slot }
          } else if isNearer(slot, than: wrong) {
            wrong = slot
          }
        }
        return Neighbors(
          right: right, wrong: wrong, isRecognized: right.map { isNearer($0, than: wrong) } ?? false)
      }
    }
  }

  /// The sum over queries of how far they are from being nearer to their label than to others by a margin; a row
  /// that is missing counts as one of likeness 0. No gradient flows into the memory.
  package func marginLoss(_ queries: Tensor, _ neighbors: [Neighbors], margin: Float) -> Tensor {
    let difference = Tensor(queries.shape) { out in
      out.initialize(repeating: 0)
      for (query, near) in neighbors.enumerated() {
        for place in 0..<width {
          let wrong = near.wrong.map { keys[$0 * width + place] } ?? 0
          let right = near.right.map { keys[$0 * width + place] } ?? 0
          out[query * width + place] = wrong - right
        }
      }
    }
    return ((queries * difference).summed(to: [queries.shape[0], 1]) + margin).relu().sum()
  }

  /// The likeness of the nearest row of each label below `classes`: `[queries, classes]`. Of a label that no row
  /// has it is -2, less than any.
  package func answers(_ queries: Tensor, classes: Int) -> Tensor {
    let likeness = likeness(queries)
    return Tensor([queries.shape[0], classes]) { out in
      out.initialize(repeating: -2)
      likeness.withElements { likeness in
        for query in 0..<queries.shape[0] {
          for (slot, label) in labels.enumerated() {
            guard let label else { continue }
            let place = query * classes + label
            out[place] = max(out[place], likeness[query * slots + slot])
          }
        }
      }
    }
  }

  /// Learns what queries should have been answered with.
  ///
  /// - Parameter noise: Draws what is added to ages.
  /// - Precondition: No more queries than rows, and no label twice.
  package mutating func learn(
    _ queries: Tensor, _ queryLabels: [Int], _ neighbors: [Neighbors], noise: inout RandomGenerator
  ) {
    var oldest = neighbors.allSatisfy(\.isRecognized) ? [] : slotsByAge(&noise)
    let changes = zip(queryLabels, neighbors).enumerated().map { query, learned in
      let (label, near) = learned
      let q = queries.withElements { Array($0[query * width..<(query + 1) * width]) }
      guard near.isRecognized, let slot = near.right else { return (oldest.removeFirst(), label, q) }
      let sum = zip(q, keys[slot * width..<(slot + 1) * width]).map { $0 + $1 }
      let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return (slot, label, length > 0 ? sum.map { $0 / length } : q)
    }
    for slot in ages.indices { ages[slot] += 1 }
    for (slot, label, key) in changes {
      keys.replaceSubrange(slot * width..<(slot + 1) * width, with: key)
      labels[slot] = label
      ages[slot] = 0
    }
  }

  /// The oldest first, by ages with noise.
  private func slotsByAge(_ noise: inout RandomGenerator) -> ArraySlice<Int> {
    let noisy = ages.map { Double($0) + noise.uniform(in: -ageNoise...ageNoise) }
    return ages.indices.sorted { (noisy[$0], $1) > (noisy[$1], $0) }[...]
  }
}
