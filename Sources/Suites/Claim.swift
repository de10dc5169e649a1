import Measures

/// A statement of a paper as an inequality that a run decides.
///
/// The compared quantity is `left − minus`, `left / over`, or `left` alone, or how much the first
/// or the last of these changes between two conditions; the claim holds if it is within the bounds.
public struct Claim: Hashable, Sendable {
  /// One side: which cells, and which number of each of their units.
  public struct Side: Hashable, Sendable {
    /// The cells that are meant.
    public let cells: Selection
    /// The number that is taken of each unit; its outcome is what ``Claim/quantity`` says.
    public let measure: Measure
  }

  /// What `left` is compared with.
  public enum Other: Hashable, Sendable {
    /// The difference of `left` and this.
    case minus(Side)
    /// The ratio of `left` to this.
    case over(Side)
    /// `left` is taken as it is.
    case nothing
  }

  /// Two conditions between which a quantity changes: its value at `to` minus that at `from`.
  public struct Change: Hashable, Sendable {
    /// Narrows both sides, where the change begins.
    public let from: Selection
    /// Narrows both sides, where the change ends.
    public let to: Selection
  }

  /// What is compared.
  public enum Quantity: Hashable, Sendable {
    /// The outcome that is judged, as accuracy or loss.
    case judged
    /// Wall-clock seconds of training.
    case trainSeconds
    /// Another outcome of the test, under this name: one that the kind or an algorithm records.
    case outcome(String)

    /// The quantity that suites call so.
    public init(name: String) {
      switch name {
      case "test": self = .judged
      case Metric.trainSeconds.name: self = .trainSeconds
      default: self = .outcome(name)
      }
    }

    /// What suites call it.
    public var name: String {
      switch self {
      case .judged: "test"
      case .trainSeconds: Metric.trainSeconds.name
      case .outcome(let name): name
      }
    }

    /// What it is in a cell.
    public func metric(of cell: Cell) -> Metric {
      switch self {
      case .judged: cell.metric
      case .trainSeconds: .trainSeconds
      case .outcome(let name): cell.plan.metrics.first { $0.name == name } ?? .recorded(name)
      }
    }
  }

  /// For example `C1.4`.
  public let id: String
  /// The statement in words.
  public let says: String
  /// What is compared.
  public let quantity: Quantity
  /// What the statement is about.
  public let left: Side
  /// What it is compared with.
  public let other: Other
  /// Between which conditions the comparison changes; nil where it is taken as it is.
  public let change: Change?
  /// The lower bound; nil for none.
  public let atLeast: Double?
  /// The upper bound; nil for none.
  public let atMost: Double?
  /// Narrows both sides.
  public let condition: Selection
  /// What the paper reports about it, in words or figures; nil if the suite does not say.
  public let published: String?
  /// What there is to know of how it came out, such as why it fails; nil if nothing is.
  public let remark: String?
}
