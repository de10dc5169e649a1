import Kinds
import Measures

/// The words for trials in ids, headings and footnotes.
extension AlphabetTrials {
  public var slug: String { "\(way)way" }

  public var words: String { "\(way)-way within an alphabet" }

  public func words(of axis: String) -> String { axis == Keys.way.name ? "\(way)-way" : "" }

  public var chance: Double? { 1 / Double(way) }

  public var answers: Int? { way * judgedRuns }

  /// Runs of each alphabet that are judged.
  private var judgedRuns: Int {
    trials == .official ? values.split.officialRuns.count { $0.alphabet == 0 } : runs
  }

  public func facts(of system: System) -> [CellFact] {
    let training =
      isTrained(system)
      ? "\(values.training[Keys.iterations].counted("update")) on \(batch.grouped) pairs each" : "not trained"
    return [
      CellFact(.units, "trials", (way * judgedRuns).grouped),
      CellFact(
        .test, "Trials",
        "\(way)-way one-shot within an alphabet, "
          + (trials == .official
            ? "the official runs, \(judgedRuns) of each alphabet"
            : "\(runs.counted("run")) of each by two of the test part's drawers")),
      CellFact(.training, "Training", training),
    ]
  }

  public func streams(of system: System) -> [StreamUse] {
    guard isTrained(system) else { return [] }
    return [
      StreamUse(.weights, "initial parameters", at: "parameters"),
      StreamUse(.order, "pairs of iteration i", at: "pairs (i)"),
      StreamUse(.noise, "what the system draws, if it does, in iteration i", at: "training (i)"),
    ]
  }

  public func publishedValue(_ name: String) -> String? {
    name == Keys.trials.name ? trials.rawValue : values.settings[name]?.description
  }
}
