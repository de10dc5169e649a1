import Results

/// All repeats of one cell as a results folder has them, whether or not the suite is at hand.
///
/// Unlike ``CellFamily`` it knows nothing of cells that have no result, and needs no suite: results
/// of an older program or of another commit are read as they are.
public struct ResultFamily: Sendable {
  /// The cell whatever its repeat, as in `nearest-neighbor-pixels-omniglot-5way-1shot`:
  /// by this the same cell is found in other results.
  public let name: String
  /// The algorithm with its variant, as in `nearest-neighbor-pixels`.
  public let algorithm: String
  /// What the algorithm is tested on, as in `omniglot-5way-1shot`, or `polynomial-order-0-1way-5shot` where
  /// the suite's grid names the split.
  public let task: String
  /// The named split of the dataset.
  public let split: String
  /// In order of their repeats, whatever their status.
  public let records: [CellRecord]

  /// The repeats that were trained and tested.
  public var done: [CellRecord] { records.filter { $0.status == .done } }

  /// How the other repeats ended, as in `7 diverged`; nil if there are none.
  public var casualties: String? { Casualties.words(records.map(\.status.name)) }

  /// How many of its results are done, and what became of the others, as in `1 of 8; 7 diverged`; nil if
  /// all are done.
  public var standing: String? {
    casualties.map { Casualties.standing(done.count, of: records.count, $0) }
  }

  /// Groups results into families, in the order of their first cells.
  ///
  /// - Parameter records: Of one results folder.
  public static func all(_ records: [CellRecord]) -> [ResultFamily] {
    var order: [String] = []
    var groups: [String: [CellRecord]] = [:]
    for record in records {
      let key = "\(record.name)\n\(record.resolved.ofFamily)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(record)
    }
    return order.map { ResultFamily(groups[$0]!) }
  }

  private init(_ records: [CellRecord]) {
    self.records = records.sorted { ($0.repetition, $0.cell) < ($1.repetition, $1.cell) }
    let first = self.records[0]
    name = first.name
    algorithm = first.system
    task = first.task
    split = first.split
  }

  /// Whether both are tested on the same kind of episodes.
  func isTestedLike(_ other: ResultFamily) -> Bool {
    let (a, b) = (records[0], other.records[0])
    return (a.kind, a.dataset, a.split) == (b.kind, b.dataset, b.split)
      && a.coordinates == b.coordinates
  }
}

extension [ResultFamily] {
  /// The family that is the same cell as `family`: of equal name and split and, if there are
  /// several, of equal configuration.
  ///
  /// - Returns: nil if there is none.
  /// - Throws: ``JudgementsError/ambiguous(_:)`` if there are several and none is just alike.
  func counterpart(of family: ResultFamily) throws -> ResultFamily? {
    let alike = filter { $0.name == family.name && $0.split == family.split }
    guard alike.count > 1 else { return alike.first }
    let configuration = family.records[0].resolved.ofFamily
    guard let same = alike.first(where: { $0.records[0].resolved.ofFamily == configuration }) else {
      throw JudgementsError.ambiguous(family.name)
    }
    return same
  }
}
