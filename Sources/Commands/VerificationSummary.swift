import Experiments
import Foundation
import Results
import Suites

/// What `verify` came to.
struct VerificationSummary: Encodable {
  let suite: String
  let results: String
  /// What episodes were chosen by.
  let seed: UInt64
  var cells: [CellVerification] = []
  var retrained: [CellVerification] = []
  /// Ids of stored cells that the suite does not have.
  var foreign: [String] = []
  /// The digest of the stored results of the suite; nil where not all were looked at.
  private(set) var digest: String?
  /// Whether the digest is the one that was wanted; nil if none was.
  private(set) var hasWantedDigest: Bool?

  init(suite: String, results: String, seed: UInt64) {
    self.suite = suite
    self.results = results
    self.seed = seed
  }

  /// Whether no check failed.
  var passed: Bool {
    (cells + retrained).allSatisfy(\.passed) && foreign.isEmpty && hasWantedDigest != false
  }

  /// Makes the suite's digest and compares it with the wanted one, if there is any.
  mutating func check(_ wanted: String?) {
    let root = SuiteDigest(cells.compactMap { cell in cell.digest.map { (cell.cell, $0) } }).root
    digest = root
    hasWantedDigest = wanted.map { root.hasPrefix($0.lowercased()) }
  }

  /// The closing lines.
  var text: String {
    var lines = foreign.map {
      "FAILED \($0): the suite has no such cell. Move its file away, or restore the suite file."
    }
    if hasWantedDigest == false { lines.append("FAILED the suite's digest is not the wanted one") }
    func count(_ extent: CellVerification.Extent) -> Int {
      cells.count { $0.extent == extent && $0.passed }
    }
    let failed = cells.count { !$0.passed } + foreign.count
    var parts: [String] = []
    for (number, words) in [
      (count(.recomputed), "recomputed"), (count(.episodes), "with the same tasks only"),
      (count(.file), "without scores"), (count(.missing), "not run"), (failed, "failed"),
    ] where number > 0 {
      parts.append("\(number) \(words)")
    }
    lines.append(
      "\(results): \(counted(cells.count, "cell")): \(parts.joined(separator: ", "))"
        + " (episodes chosen by seed \(seed))")
    if !retrained.isEmpty {
      let equal = retrained.count { $0.passed && $0.isExact }
      lines.append("\(equal) of \(counted(retrained.count, "cell")) trained again to the same bits")
    }
    if cells.contains(where: { !$0.isExact }) {
      let tolerance = VerificationTolerance.otherCPU
      lines.append(
        "Some results were made with other kernels or on another CPU than this one"
          + " ('metabench explain' tells both): of each of their episodes"
          + " \(tolerance.queries) answers, or a loss by \(tolerance.relativeLoss) of its size, may"
          + " differ.")
    }
    if let digest { lines.append("Suite digest \(digest)") }
    return lines.joined(separator: "\n")
  }
}
