import Judgements
import Measures

/// The decisions on a suite's claims as a table: what was measured, which bound it has to keep, how
/// that came out, and what the paper reports.
public struct ClaimsTable: Sendable {
  let decisions: [ClaimDecision]
  /// What tests count.
  let unit: ReplicationUnit

  /// The table of `decisions`, in their order.
  ///
  /// - Parameter unit: What the tests of their suite count.
  public init(_ decisions: [ClaimDecision], unit: ReplicationUnit) {
    self.decisions = decisions
    self.unit = unit
  }

  /// Whether there is nothing to show.
  var isEmpty: Bool { decisions.isEmpty }

  /// The section of a report; nothing where no claims are made.
  var blocks: [ReportDocument.Block] {
    guard !isEmpty else { return [] }
    let words = ["holds", "fails", "undecided", "not decided"].compactMap { name -> String? in
      let count = decisions.count { $0.outcome.name == name }
      return count == 0 ? nil : "\(name): \(count)"
    }
    return [
      .section("Claims"),
      .paragraph(
        "What the papers say, decided by these results (\(words.joined(separator: "; ")))."),
      .table(printed, label: "Claims"),
      .links([
        ("Markdown", "tables/claims.md"), ("CSV", "tables/claims.csv"),
        ("LaTeX", "tables/claims.tex"),
      ]),
    ]
  }

  /// The table and its notes in Markdown.
  public var markdown: String { printed.markdown }

  /// The table as all formats print it.
  var printed: PrintedTable {
    PrintedTable(
      columns: [
        "claim", "statement", "compared", "measured", "with \(others)", "bound", "outcome",
        "published",
      ].map { PrintedTable.Column(heading: $0, isNumeric: false) },
      rows: decisions.map { decision in
        let text = ClaimText(decision)
        return [
          .init(decision.claim.id), .init(decision.claim.says), .init(decision.subject),
          .init(text.measured, style: decision.measurement == nil ? .absent : .plain),
          .init(text.retrained, style: text.retrained == "–" ? .absent : .plain),
          .init(text.bound), .init(unit.said(text.outcome)),
          .init(
            decision.claim.published ?? "–",
            style: decision.claim.published == nil ? .absent : .published),
        ]
      }, notes: notes)
  }

  /// What other repeats are: the heading of their column.
  private var others: String {
    let varying = decisions.compactMap(\.measurement?.variesBy)
    return varying.contains(.initialization) && !varying.contains(.training)
      ? "another initialization" : "training anew"
  }

  /// How the intervals were made and what they cover, as sentences.
  private var notes: [String] {
    let measured = decisions.compactMap(\.measurement)
    var notes: [String] = []
    if !measured.isEmpty {
      notes.append(
        unit.said("Measured: estimate with its 95 % interval over test episodes, given the trained networks; an episode's "
          + "score is its mean over the repeats. A claim holds if the whole interval meets the bound, fails if none "
          + "of it does, and is undecided otherwise."))
      notes += methods(measured)
    }
    if measured.contains(where: { $0.unit == .repeats }) {
      notes.append("Seconds of training vary over repeats: their interval is over these.")
    }
    if measured.contains(where: { $0.retrained != nil }) {
      notes.append(
        "With training anew: the 95 % interval that also covers variation between trainings (of what is not trained, "
          + "between initializations), estimated from the repeats (crossed random effects). Where it changes the outcome, "
          + "the outcome says `for these trainings`.")
    }
    if measured.contains(where: { $0.retrained == nil && $0.repeats.contains(1) }) {
      notes.append("\(RepeatWords.ofOne.capitalizedFirst).")
    }
    return notes + decisions.flatMap(\.notes).distinct() + reasons + remarks
  }

  /// Which comparisons were made in which way.
  private func methods(_ measured: [ClaimMeasurement]) -> [String] {
    let words: [ClaimMeasurement.Method: String] = [
      .student: "Student t over episodes",
      .paired: "paired t, on the same episodes",
      .welch: "Welch t, for the two sides have episodes of their own",
      .pairedRatio: "Fieller's interval of a ratio, on the same episodes",
      .ratio: "Fieller's interval of a ratio of independent means",
    ]
    let ids = measured.map(\.method.rawValue).distinct().map { method in
      let about = decisions.filter { $0.measurement?.method.rawValue == method }
      let name = unit.said(words[.init(rawValue: method)!]!)
      return "\(name): \(about.map(\.claim.id).distinct().joined(separator: ", "))"
    }
    var notes = ["Interval by claim: \(ids.joined(separator: "; "))."]
    let widened = decisions.filter { $0.measurement?.isWidened == true }.map(\.claim.id)
    if !widened.isEmpty {
      notes.append(
        "Accuracies that are few, all equal or skewed tell less than Student's t has it: the interval is "
          + "as wide as the longer side of Hall's, and ends where accuracies do: "
          + "\(widened.distinct().joined(separator: ", ")).")
    }
    return notes
  }

  /// What the suite says of claims.
  private var remarks: [String] {
    decisions.compactMap { decision in
      decision.claim.remark.map { "\(decision.claim.id): \($0)" }
    }.distinct()
  }

  private var reasons: [String] {
    decisions.compactMap { decision in
      guard case .notDecided(let reason) = decision.outcome else { return nil }
      return "\(decision.claim.id) is not decided for \(decision.subject): \(unit.said(reason))"
    }
  }
}
