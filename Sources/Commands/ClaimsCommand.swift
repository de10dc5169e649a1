import ArgumentParser
import Judgements
import Reports
import Suites

/// `metabench claims`.
struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract: "Decide the claims of a suite by its results.",
    discussion: """
      Takes a results folder, or the suite whose results are in results/<suite>. Each claim \
      is decided on shared episodes by a 95 % interval: it holds, fails, or is undecided, with the \
      number of episodes that would decide it.

        metabench claims results/quickstart
        metabench claims quickstart --results results/quickstart

      Exit codes: 0 all claims hold; 1 a claim fails; 3 none fails, but one is undecided or lacks \
      results.
      """)

  @OptionGroup var input: SuiteResultsArguments

  @OptionGroup var json: JSONOption

  func run() throws {
    let results = try input.load()
    let suite = results.suite
    guard !suite.claims.isEmpty else {
      throw CommandError(
        "suite '\(suite.name)' makes no claims. Add a section 'claims' to its file.")
    }
    let decisions = ClaimDecision.all(of: suite, records: results.records)
    for note in results.notes { Outcome.write("Note: \(note)", to: .standardError) }
    if !results.leftOver.isEmpty {
      Outcome.write("Note: " + leftOverText(results.leftOver, in: "the folder"), to: .standardError)
    }
    if json.isOn {
      Outcome.write(try jsonText(decisions.map(Entry.init)))
    } else {
      // The text ends with a line feed of its own.
      Outcome.write(String(ClaimsTable(decisions, unit: suite.kind.unit).markdown.dropLast()))
    }
    if decisions.contains(where: { $0.outcome == .fails }) { throw Outcome.checkFailed }
    if decisions.contains(where: { $0.outcome != .holds }) { throw Outcome.incomplete }
  }

  /// A decision as JSON has it, in the unit of results.
  private struct Entry: Encodable {
    struct Range: Encodable {
      let lower: Double
      let upper: Double

      init(_ range: ClosedRange<Double>) {
        lower = range.lowerBound
        upper = range.upperBound
      }
    }

    let claim: String
    let says: String
    let compared: String
    let task: String
    let metric: String
    let kind: String?
    let value: Double?
    let interval: Range?
    let method: String?
    let isWidened: Bool?
    let unit: String?
    let counts: [Int]?
    let repeats: [Int]?
    let retrainedInterval: Range?
    let atLeast: Double?
    let atMost: Double?
    let outcome: String
    let needed: Int?
    let reason: String?
    let retrainedOutcome: String?
    let published: String?
    let notes: [String]

    init(_ decision: ClaimDecision) {
      let measurement = decision.measurement
      claim = decision.claim.id
      says = decision.claim.says
      compared = decision.compared
      task = decision.task
      metric = decision.metric.name
      kind = measurement?.kind.rawValue
      value = measurement?.value
      interval = measurement.map { Range($0.interval) }
      method = measurement?.method.rawValue
      isWidened = measurement?.isWidened
      unit = measurement?.unit.rawValue
      counts = measurement?.counts
      repeats = measurement?.repeats
      retrainedInterval = measurement?.retrained.map(Range.init)
      atLeast = decision.claim.atLeast
      atMost = decision.claim.atMost
      outcome = decision.outcome.name
      needed = if case .undecided(let count) = decision.outcome { count } else { nil }
      reason = if case .notDecided(let text) = decision.outcome { text } else { nil }
      retrainedOutcome = decision.retrained?.name
      published = decision.claim.published
      notes = decision.notes
    }
  }
}
