import EmbeddedFiles
import Episodes
import Measures
import Suites

/// The figures of the papers that the project knows, from `Published/published.csv`.
public enum PublishedFigures {
  /// In the order of the file: of figures about the same cell the first is the one to set beside.
  public static let all: [PublishedFigure] =
    parse(EmbeddedFile.text("Sources/Reports/Published/published.csv"))

  /// The figures about what `cell` measures at a place of an outcome, or on validation tasks.
  ///
  /// Figures without a place are about the last one.
  static func about(_ cell: Cell, _ measure: Measure, at stage: Part = .test) -> [PublishedFigure] {
    all.filter { $0.isAbout(cell, outcome: measure.outcome) && isAt($0, measure, stage) }
  }

  /// What people did on the tasks that `cell` is tested on, at a place of its judged outcome.
  static func ofPeople(besides cell: Cell, _ measure: Measure) -> PublishedFigure? {
    all.first {
      $0.algorithm == PublishedFigure.people && $0.isAboutTasks(of: cell, outcome: measure.outcome)
        && isAt($0, measure, .test)
    }
  }

  private static func isAt(_ figure: PublishedFigure, _ measure: Measure, _ stage: Part) -> Bool {
    figure.stage == stage && measure == Measure(outcome: measure.outcome, at: figure.at)
  }

  private static func parse(_ text: String) -> [PublishedFigure] {
    let rows = text.split(separator: "\n").map { CSV.fields(of: String($0)) }
    let header = rows[0]
    return rows.dropFirst().map { row in
      func field(_ name: String) -> String { row[header.firstIndex(of: name)!] }
      /// `innerRate=0.4;innerSteps=1`.
      func values(_ name: String) -> [String: String] {
        let pairs = field(name).split(separator: ";").map { pair in
          let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
          return (parts[0], parts[1])
        }
        return Dictionary(uniqueKeysWithValues: pairs)
      }
      // `accuracy` of the test, or `validation/accuracy`.
      let quantity = field("metric").split(separator: "/").map(String.init)
      return PublishedFigure(
        algorithm: field("algorithm"), settings: values("settings"),
        dataset: field("dataset"),
        splits: field("splits").split(separator: ";").map(String.init),
        coordinates: values("axes"),
        metric: quantity.last!, stage: quantity.count == 1 ? .test : Part(rawValue: quantity[0])!,
        at: values("at").compactMapValues(Double.init), value: field("value"),
        interval: field("ci95"), source: field("source"), reference: field("reference"),
        place: field("place"), checkedPage: field("checkedPage"),
        isOwn: field("own") == "yes", isConfirmed: field("confirmed") == "yes",
        split: field("split"), iterations: Int(field("iterations")),
        metaBatch: Int(field("metaBatch")), episodes: Int(field("episodes")),
        filters: Int(field("filters")), trainWay: Int(field("trainWay")),
        metaRate: Double(field("metaRate")), protocolValues: values("protocol"),
        tuning: field("tuning"), ensemble: field("ensemble"), note: field("note"))
    }
  }
}
