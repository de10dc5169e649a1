import ArgumentParser
import Foundation
import Judgements
import Reports
import Suites

/// `metabench compare`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two results on the test episodes that both were tested on.",
    discussion: """
      Each of the two is a results folder, a cell file, or either of them in a commit, as in \
      'main:results/quickstart'. Cells of the same algorithm and task are compared; with '--left' \
      and '--right', two algorithms on the same tasks. What was tested on other episodes is refused.

        metabench compare results/omniglot-5way --left maml --right protonet
        metabench compare main:results/omniglot-smoke /tmp/results --format csv

      The exit code is 2 if something was refused or there was nothing to compare.
      """)

  /// How the answer is written.
  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case markdown, csv, json
  }

  @Argument(help: "A results folder, a cell file, or COMMIT:PATH.", completion: .file(extensions: ["h5"]))
  var first: String

  @Argument(
    help: "Another; may be left out with '--left' and '--right'.",
    completion: .file(extensions: ["h5"]))
  var second: String?

  @Option(
    help: ArgumentHelp(
      "The first one's algorithm, with its variant as in cell ids.", valueName: "algorithm"))
  var left: String?

  @Option(help: ArgumentHelp("The second one's algorithm.", valueName: "algorithm"))
  var right: String?

  @Option(help: ArgumentHelp("How often intervals hold the true difference.", valueName: "share"))
  var confidence = 0.95

  @Option(help: "How to answer.")
  var format = OutputFormat.markdown

  func run() throws {
    if let allowed = Gate.Limit.confidence.objection(to: confidence, ofAccuracies: false) {
      throw CommandError("'--confidence \(confidence)' must be \(allowed).")
    }
    guard second != nil || left != nil && right != nil else {
      throw CommandError(
        "there is nothing to compare '\(first)' with. Name a second result, or two of its"
          + " algorithms with '--left' and '--right'.")
    }
    guard (left == nil) == (right == nil) else {
      throw CommandError("'--left' and '--right' come together.")
    }
    let one = try ResultsArgument(first)
    let other = try second.map { try ResultsArgument($0) } ?? one
    for note in Set(one.notes + other.notes).sorted() {
      Outcome.write("Note: \(note)", to: .standardError)
    }
    let families = [
      try select(left, of: ResultFamily.all(one.records), in: one.name),
      try select(right, of: ResultFamily.all(other.records), in: other.name),
    ]
    let matching: ComparisonSet.Matching =
      one.isFile && other.isFile ? .single : left == nil ? .name : .task
    let set = ComparisonSet(
      families[0], families[1], by: matching, confidence: confidence)
    let names = names(one, other)
    let unit = one.records[0].unit
    let table = ComparisonTable(set, left: names.left, right: names.right)
    switch format {
    case .markdown where set.comparisons.isEmpty: complain(set)
    case .markdown: Outcome.write(unit.said(String(table.markdown.dropLast())))
    case .csv:
      Outcome.write(String(table.csv.dropLast()))
      complain(set)
    case .json:
      Outcome.write(try jsonText(set))
      complain(set)
    }
    if set.comparisons.isEmpty, set.refusals.isEmpty {
      throw CommandError("\(names.left) and \(names.right) have no cell in common.")
    }
    if !set.refusals.isEmpty { throw Outcome.wrongUsage }
  }

  /// The families of one algorithm; all if none is asked for.
  private func select(_ algorithm: String?, of families: [ResultFamily], in name: String) throws
    -> [ResultFamily]
  {
    guard let algorithm else { return families }
    let chosen = families.filter { $0.algorithm == algorithm }
    guard chosen.isEmpty else { return chosen }
    var known: [String] = []
    for family in families where !known.contains(family.algorithm) {
      known.append(family.algorithm)
    }
    let hint = CommandError.hint(algorithm, among: known, otherwise: "It has \(known.joined(separator: ", ")).")
    throw CommandError("\(name): has no algorithm '\(algorithm)'. \(hint)")
  }

  /// What the columns are called: the algorithms, else the results.
  private func names(_ one: ResultsArgument, _ other: ResultsArgument) -> (
    left: String, right: String
  ) {
    if let left, let right, second == nil || left != right { return (left, right) }
    guard one.isFile, other.isFile, one.records[0].cell != other.records[0].cell else {
      return (one.name, other.name)
    }
    return (one.records[0].cell, other.records[0].cell)
  }

  private func complain(_ set: ComparisonSet) {
    for refusal in set.refusals {
      Outcome.write("Error: \(refusal.name): \(refusal.reason)", to: .standardError)
    }
  }
}
