import Measures
import Results

/// The scores of two cells on the same test episodes, so that they can be compared in pairs.
///
///     let pairing = try Pairing(maml.done, protonet.done)
///     let difference = PairedDifference(pairing.first, pairing.second)
///
/// Repeats share their test episodes, so their scores are averaged episode by episode. Test episode
/// *i* does not depend on how many there are: where one side was tested on more episodes, those
/// that both have are compared.
public struct Pairing: Sendable, Equatable {
  /// Of the first cell: each repeat's score on each episode, `[repeats][episodes]`.
  public let firstRepeats: [[Double]]
  /// Of the second cell: each repeat's score on each episode, `[repeats][episodes]`.
  public let secondRepeats: [[Double]]
  /// Of the first cell: each episode's score, averaged over the repeats, `[episodes]`.
  public let first: [Double]
  /// Of the second cell: each episode's score, averaged over the repeats, `[episodes]`.
  public let second: [Double]
  /// The larger number of episodes that a side was tested on; not less than `count`.
  public let tested: Int

  /// The number of episodes that are compared.
  public var count: Int { first.count }

  /// Pairs the results of one cell's repeats with those of another's.
  ///
  /// - Parameters:
  ///   - first: Repeats of one cell that are done.
  ///   - second: Repeats of the other that are done.
  ///   - measure: Which number of each unit of the first.
  ///   - otherMeasure: Which number of each unit of the second.
  /// - Throws: `JudgementsError` where the two were not measured alike: they differ in the metric,
  ///   in the version of their suite or in an episode, or have no such scores.
  /// - Complexity: O(scores).
  public init(
    _ first: [CellRecord], _ second: [CellRecord], measure: Measure = .standard,
    otherMeasure: Measure = .standard
  ) throws {
    guard let reference = first.first, !second.isEmpty else { throw JudgementsError.nothingToPair }
    let records = first + second
    let version = reference.resolved.version
    for record in records {
      guard record.status == .done, record.test.units > 0 else {
        throw JudgementsError.noScores(record.cell)
      }
      guard record.metric.name == reference.metric.name else {
        throw JudgementsError.differentMetrics(
          reference.cell, reference.metric.name, record.cell, record.metric.name)
      }
      let other = record.resolved.version
      guard other == version else {
        throw JudgementsError.differentVersions(reference.cell, version, record.cell, other)
      }
    }
    let count = records.map(\.test.units).min()!
    for record in records {
      let pairs = zip(reference.test.digests, record.test.digests)
      if let episode = Array(pairs.prefix(count)).firstIndex(where: { $0 != $1 }) {
        throw JudgementsError.differentEpisodes(reference.cell, record.cell, episode: episode)
      }
    }
    tested = records.map(\.test.units).max()!
    firstRepeats = try first.map { try Self.values(of: $0, by: measure, count: count) }
    secondRepeats = try second.map { try Self.values(of: $0, by: otherMeasure, count: count) }
    self.first = Self.means(firstRepeats)
    self.second = Self.means(secondRepeats)
  }

  private static func values(of record: CellRecord, by measure: Measure, count: Int) throws
    -> [Double]
  {
    if let name = measure.outcome, record.test[name] == nil {
      throw JudgementsError.noDiagnostic(record.cell, name: name)
    }
    guard let values = record.test.values(by: measure) else {
      throw JudgementsError.noSuchPlace(
        record.cell, place: measure.words ?? "", axes: record.test[measure.outcome]?.axes ?? [])
    }
    return Array(values.prefix(count))
  }

  private static func means(_ repeats: [[Double]]) -> [Double] {
    repeats[0].indices.map { episode in
      repeats.reduce(0) { $0 + $1[episode] } / Double(repeats.count)
    }
  }
}
