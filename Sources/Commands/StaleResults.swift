import Experiments

/// Results that were made otherwise than this program would make them here, counted by in what.
struct StaleResults {
  /// How many results there are.
  let total: Int
  /// How many of them are stale at all.
  let stale: Int
  private let counts: [(change: OriginChange, count: Int)]

  /// - Parameter changes: Of each result, those since it was made.
  init(_ changes: [[OriginChange]]) {
    total = changes.count
    stale = changes.count { !$0.isEmpty }
    counts = OriginChange.allCases.map { change in
      (change, changes.count { $0.contains(change) })
    }.filter { $0.count > 0 }
  }

  /// As in `12 of 12 results were made otherwise than they would be made here: 12 by another program, 3
  /// on another type of CPU. …`; nil if none is stale.
  ///
  /// - Parameters:
  ///   - noun: What they are called.
  ///   - command: What runs them again.
  func text(_ command: String, noun: String = "result") -> String? {
    guard stale > 0 else { return nil }
    let parts = counts.map { "\($0.count) \($0.change.words)" }.joined(separator: ", ")
    return "\(stale) of \(counted(total, noun)) \(stale == 1 ? "was" : "were") made otherwise than "
      + "here and now: \(parts). To make \(stale == 1 ? "it" : "them") anew: \(command)"
  }

  /// The command that makes those of a suite anew.
  ///
  /// - Parameters:
  ///   - results: The results folder, if it is not the usual one.
  ///   - data: The data directory, if it is not the usual one.
  static func commandAgain(_ suite: String, results: String?, data: String? = nil) -> String {
    var words = ["metabench", "run", suite]
    if let results { words += ["--results", results] }
    if let data { words += ["--data", data] }
    return (words + ["--again", "stale"]).map(shellWord).joined(separator: " ")
  }
}
