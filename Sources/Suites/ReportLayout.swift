import Measures

/// Which tables and curves a report has.
public struct ReportLayout: Hashable, Sendable {
  /// A table of test results: one per dataset unless that is one of its axes.
  public struct Table: Hashable, Sendable {
    /// The heading; nil for one made from the dataset.
    public let title: String?
    /// An axis of the grid or the name of a setting.
    public let rows: String
    /// Axes of the grid or names of settings, outermost first.
    public let columns: [String]
    /// Whether the papers' figures stand beside the measured ones.
    public let published: Bool
    /// The places of the outcome to show, as innermost columns; empty: the last of the judged one only.
    public let measures: [Measure]
    /// The cells that are shown.
    public let cells: Selection

    /// A table from its parts.
    public init(
      title: String? = nil, rows: String, columns: [String], published: Bool = true,
      measures: [Measure] = [], cells: Selection = Selection()
    ) {
      self.title = title
      self.rows = rows
      self.columns = columns
      self.published = published
      self.measures = measures
      self.cells = cells
    }
  }

  /// A figure: one line for each value of `by`, one figure for each setting of the rest.
  public struct Curve: Hashable, Sendable {
    /// What is drawn upward: `validation/accuracy`, `test/loss`, `train/loss`.
    public struct Quantity: Hashable, Sendable {
      /// What it was measured in.
      public enum Stage: String, Sendable {
        case train, validation, test
      }

      /// What it was measured in.
      public let stage: Stage
      /// The outcome's name.
      public let outcome: String

      /// A quantity from its parts.
      public init(_ stage: Stage, _ outcome: String) {
        self.stage = stage
        self.outcome = outcome
      }

      /// The loss that training lowers.
      public static let trainLoss = Quantity(.train, "loss")

      /// What suites call it.
      public var name: String { "\(stage.rawValue)/\(outcome)" }
    }

    /// The coordinate of training curves, which are drawn by it.
    public static let iteration = "iteration"

    /// The heading; nil for one made from `y`.
    public let title: String?
    /// What is drawn upward.
    public let y: Quantity
    /// What is drawn to the right: `iteration`, or an axis of the outcome.
    public let x: String
    /// Coordinates on the outcome's other axes, and what is made of those that are left.
    public let at: Measure
    /// An axis of the grid or the name of a setting.
    public let by: String
    /// The degree of the fitted polynomial; nil for none.
    public let polynomial: Int?
    /// The cells that are shown.
    public let cells: Selection

    /// A curve from its parts.
    public init(
      title: String? = nil, y: Quantity, x: String, at: Measure = .standard, by: String,
      polynomial: Int? = nil,
      cells: Selection = Selection()
    ) {
      self.title = title
      self.y = y
      self.x = x
      self.at = at
      self.by = by
      self.polynomial = polynomial
      self.cells = cells
    }
  }

  /// A kind of figure that needs no axes to be named: drawn wherever results give something to draw.
  public enum Overview: String, Sendable, CaseIterable {
    /// Paired differences to the algorithm of reference, with intervals.
    case differences
    /// Mean ranks and their critical difference.
    case ranks
    /// Score against seconds of training.
    case cost
    /// Score by adaptation step, unless a curve shows it already.
    case adaptation
    /// Histograms of single episodes' accuracies.
    case distributions
  }

  /// In the order of the report.
  public let tables: [Table]
  /// In the order of the report.
  public let curves: [Curve]
  /// The kinds of figures to draw besides the curves.
  public let overviews: [Overview]
  /// The algorithm, as tables call it, that differences are taken to; nil for the first one.
  public let reference: String?

  /// A layout from its parts.
  public init(
    tables: [Table], curves: [Curve], overviews: [Overview] = Overview.allCases,
    reference: String? = nil
  ) {
    self.tables = tables
    self.curves = curves
    self.overviews = overviews
    self.reference = reference
  }
}
