/// Which tables and curves a report has.
public struct ReportLayout: Hashable, Sendable {
  /// A table of test results: one per dataset unless that is one of its axes.
  public struct Table: Hashable, Sendable {
    public let title: String?
    /// An axis of the grid or the name of a setting.
    public let rows: String
    public let columns: [String]
    /// Whether the papers' figures stand beside the measured ones.
    public let published: Bool
    /// The numbers of adaptation steps to show, as innermost columns; empty: the last only.
    public let steps: [Int]
    public let cells: Selection

    public init(
      title: String? = nil, rows: String, columns: [String], published: Bool = true,
      steps: [Int] = [], cells: Selection = Selection()
    ) {
      self.title = title
      self.rows = rows
      self.columns = columns
      self.published = published
      self.steps = steps
      self.cells = cells
    }
  }

  /// A figure: one line for each value of `by`, one figure for each setting of the rest.
  public struct Curve: Hashable, Sendable {
    /// What is drawn upward.
    public enum Quantity: String, Sendable, CaseIterable {
      case validationAccuracy = "validation/accuracy"
      case validationLoss = "validation/loss"
      case testAccuracy = "test/accuracy"
      case testLoss = "test/loss"
      case trainLoss = "train/loss"

      /// The metric that cells must have been tested with; nil if any will do.
      public var metric: String? {
        switch self {
        case .validationAccuracy, .testAccuracy: "accuracy"
        case .validationLoss, .testLoss: "loss"
        case .trainLoss: nil
        }
      }
    }

    /// What is drawn to the right.
    public enum Abscissa: String, Sendable, CaseIterable {
      case iteration
      /// The number of adaptation steps.
      case steps
    }

    public let title: String?
    public let y: Quantity
    public let x: Abscissa
    public let by: String
    /// The degree of the fitted polynomial; nil for none.
    public let polynomial: Int?
    public let cells: Selection

    public init(
      title: String? = nil, y: Quantity, x: Abscissa, by: String, polynomial: Int? = nil,
      cells: Selection = Selection()
    ) {
      self.title = title
      self.y = y
      self.x = x
      self.by = by
      self.polynomial = polynomial
      self.cells = cells
    }
  }

  public let tables: [Table]
  public let curves: [Curve]

  public init(tables: [Table], curves: [Curve]) {
    self.tables = tables
    self.curves = curves
  }
}
