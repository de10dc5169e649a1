import Episodes
import Measures

/// A number that a paper reports.
public struct PublishedFigure: Sendable, Hashable {
  /// The algorithm's name in suites; ``people`` for what people did.
  public let algorithm: String
  /// Settings that a cell must have for the figure to be its, as in `network=conv`.
  public let settings: [String: String]
  /// The dataset's name in suites.
  public let dataset: String
  /// The splits whose tasks are of the figure's kind. Beside cells of another split it never stands;
  /// that a split of these is not the paper's own is a deviation.
  public let splits: [String]
  /// Its place on the axes of its kind, as way (1 for regression) and shot, or classes and showings.
  public let coordinates: [String: String]
  /// The outcome's name: `accuracy`, `loss`, or another one that the cell's kind records.
  public let metric: String
  /// On which tasks it was measured: those of the test, or those of validation.
  public let stage: Part
  /// The place of the outcome, by the names of its axes, as after how many steps; empty where the paper gives
  /// one result only, which is the last.
  public let at: [String: Double]
  /// As printed: accuracy in percent.
  public let value: String
  /// The half-width of the 95 % interval, as printed; empty if there is none.
  public let interval: String
  /// Authors and year, or the project that reports it.
  public let source: String
  /// Where to find the source: its arXiv number, DOI, OpenReview name or repository.
  public let reference: String
  /// Where in the source, for example `table 1`.
  public let place: String
  /// The page, where somebody looked it up; empty where nobody did.
  public let checkedPage: String
  /// Whether it is of the paper that proposed the algorithm or its protocol, not of a re-run.
  public let isOwn: Bool
  /// Whether the figure was found in print; if not, it is marked wherever it is shown.
  public let isConfirmed: Bool
  /// The split in the paper's words; empty if not known or not applicable.
  public let split: String
  /// Training iterations of the paper, 0 where nothing is trained; nil if not known: then nothing
  /// is ever at the figure's scale.
  public let iterations: Int?
  /// Episodes per training iteration of the paper; nil where not known or not applicable, as below.
  public let metaBatch: Int?
  /// Test episodes of the paper.
  public let episodes: Int?
  /// Filters of each convolution of the paper's network.
  public let filters: Int?
  /// Classes of the paper's training episodes, where they are not those of the test.
  public let trainWay: Int?
  /// The paper's step size of Adam, the outer loop.
  public let metaRate: Double?
  /// What else is known of the paper's protocol, by name: settings, and how it was tested: `query`
  /// (per class; `shot`: as many as support examples), `batchNorm` (whose statistics normalize
  /// queries) and `normalizeQueries` (how many at once: `all`, `way x shot` or `way x 1`).
  public let protocolValues: [String: String]
  /// How the source chose its settings; empty if not known.
  public let tuning: String
  /// How many trained networks answered together; empty if not known.
  public let ensemble: String
  /// What else one should know of it; may be empty.
  public let note: String

  /// Stands for people in place of an algorithm.
  public static let people = "humans"

  /// The figure as tables print it: `98.7 ± 0.4`, or `≈ 0.4 ?` if unconfirmed.
  public var text: String { parts.filter { !$0.isEmpty }.joined(separator: " ") }

  /// The text in pieces that stand below each other in a column.
  var parts: [String] {
    [
      isConfirmed ? value : "≈ \(value)", interval.isEmpty ? "" : "± \(interval)",
      isConfirmed ? "" : "?",
    ]
  }

  /// The source and the place in it: `Finn et al. 2017, arXiv:1703.03400, table 1`.
  public var citation: String {
    let page = checkedPage.isEmpty ? "" : "page \(checkedPage)"
    return [source, reference, place, page].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Where it comes from and under which conditions, as a note.
  public var origin: String {
    let parts = [
      citation, split.isEmpty ? "" : "split \(split)", statistics, tuning, ensemble, note,
      isConfirmed ? "" : "unconfirmed",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// Whose statistics normalized the queries; empty if not known.
  private var statistics: String {
    guard let policy = protocolValues["batchNorm"] else { return "" }
    let count = protocolValues["normalizeQueries"].map { " of \($0) queries" } ?? ""
    return "batch norm by \(policy) statistics\(count)"
  }

  /// Whether it is printed in percent.
  var isShare: Bool { Metric.recorded(metric).isShare }

  /// The figure as a number in the unit of results (accuracy in 0...1).
  public var number: Double? {
    Double(isShare ? "\(value)e-2" : value)
  }

  /// Half the width of its interval, in the same unit.
  public var halfWidth: Double? {
    Double(isShare ? "\(interval)e-2" : interval)
  }
}
