import Suites

/// A number that a paper reports.
public struct PublishedFigure: Sendable, Hashable {
  /// The algorithm's name in suites.
  public let algorithm: String
  /// Settings that a cell must have for the figure to be its, as in `network=conv`.
  public let settings: [String: String]
  /// The dataset's name in suites.
  public let dataset: String
  /// Classes per episode; 1 for regression.
  public let way: Int
  /// Support examples per class (regression: points).
  public let shot: Int
  /// `accuracy` or `loss`.
  public let metric: String
  /// The number of adaptation steps; nil where the paper gives one result only.
  public let steps: Int?
  /// As printed: accuracy in percent.
  public let value: String
  /// The half-width of the 95 % interval, as printed; empty if there is none.
  public let interval: String
  /// Authors and year, or the project that reports it.
  public let source: String
  /// Where in the source, for example `table 1`.
  public let place: String
  /// Whether it is of the paper that proposed the algorithm or its protocol, not of a re-run.
  public let isOwn: Bool
  /// Whether the figure was found in print; if not, it is marked wherever it is shown.
  public let isConfirmed: Bool
  /// The split in the paper's words; empty if not known or not applicable.
  public let split: String
  /// What paper scale takes; nil where nothing is required.
  public let iterations: Int?
  /// Episodes per iteration that paper scale takes.
  public let metaBatch: Int?
  /// Test episodes that paper scale takes.
  public let episodes: Int?
  /// What else one should know of it; may be empty.
  public let note: String

  /// The figure as tables print it: `98.7 ± 0.4`, or `≈ 0.4 ?` if unconfirmed.
  public var text: String {
    let plain = interval.isEmpty ? value : "\(value) ± \(interval)"
    return isConfirmed ? plain : "≈ \(plain) ?"
  }

  /// Where it comes from and under which conditions, as a note.
  public var origin: String {
    var parts = ["\(source), \(place)"]
    if !split.isEmpty { parts.append("split \(split)") }
    if !note.isEmpty { parts.append(note) }
    if !isConfirmed { parts.append("unconfirmed") }
    return parts.joined(separator: "; ")
  }

  /// The figure as a number in the unit of results (accuracy in 0...1).
  public var number: Double? {
    Double(metric == "accuracy" ? "\(value)e-2" : value)
  }

  /// Half the width of its interval, in the same unit.
  public var halfWidth: Double? {
    Double(metric == "accuracy" ? "\(interval)e-2" : interval)
  }

  /// Whether the figure is of what `cell` measures, whatever the split and the scale.
  public func isAbout(_ cell: Cell) -> Bool {
    algorithm == cell.algorithm && dataset == cell.dataset && way == cell.way && shot == cell.shot
      && metric == cell.metric
      && settings.allSatisfy { cell.value(of: $0.key)?.description == $0.value }
  }

  /// Whether `cell` is trained and tested at least as long as the paper's.
  public func isPaperScale(_ cell: Cell) -> Bool {
    cell.training.iterations >= iterations ?? 0 && cell.training.metaBatch >= metaBatch ?? 0
      && cell.test.episodes >= episodes ?? 0
  }
}
