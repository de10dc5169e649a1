import Results
import Suites

/// Those of a folder's results that count: the ones that the suite asks for now.
///
///     let results = CountedResults(try folder.records(), of: suite)
///     print(results.digest.root, results.leftOver)
///
/// A result counts if the suite has its cell, of this id and with this configuration. What an earlier
/// version, seed or setting of the suite left in the same folder never stands in for it. Whatever judges
/// or reports results, or makes their digest, takes them from here.
public struct CountedResults: Sendable {
  /// The suite that decides.
  public let suite: Suite
  /// What counts, in the order in which it was given.
  public let records: [CellRecord]
  /// The ids of the others, sorted.
  public let leftOver: [String]

  /// Chooses among `records`, which may be of anything.
  ///
  /// - Complexity: O(cells + records).
  public init(_ records: [CellRecord], of suite: Suite) {
    let configurations = suite.configurations
    func counts(_ record: CellRecord) -> Bool {
      configurations[record.cell] == record.configuration
    }
    self.suite = suite
    self.records = records.filter(counts)
    leftOver = records.filter { !counts($0) }.map(\.cell).sorted()
  }

  /// The digest of all that counts.
  public var digest: SuiteDigest { SuiteDigest(records) }

  /// What is to be known of where the results come from: parts of a dataset that had not the same
  /// content for all of them, as after another import; as sentences.
  public var notes: [String] {
    var contents: [String: [String: Int]] = [:]
    for record in records {
      let own = "\(record.dataset)/\(record.split)"
      for (name, digest) in Provenance(json: record.provenance)?.data ?? [:]
      where name == own || name.hasPrefix(own + "/") {
        contents[name, default: [:]][digest, default: 0] += 1
      }
    }
    return contents.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { name, counts in
      let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "\($0.value) with \($0.key.prefix(12))" }
      return "The results were made with different data: '\(name)' had the digests "
        + "\(parts.joined(separator: ", ")). Import one of them and run the others again: "
        + "'metabench run --again stale'."
    }
  }
}
