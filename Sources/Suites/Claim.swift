/// A statement of a paper as an inequality that a run decides.
///
/// The compared quantity is `left − minus`, `left / over`, or `left` alone, or how much the first
/// or the last of these changes between two conditions; the claim holds if it is within the bounds.
public struct Claim: Hashable, Sendable {
  /// One side: which cells, and at how many adaptation steps (nil: the last).
  public struct Side: Hashable, Sendable {
    /// The cells that are meant.
    public let cells: Selection
    /// The number of adaptation steps; nil for the last.
    public let steps: Int?
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
    /// Accuracy or loss on the test episodes.
    case test
    /// Wall-clock seconds of training.
    case trainSeconds
    /// What an algorithm records of its adaptation to every test episode, under this name.
    case diagnostic(String)

    /// The quantity that suites call so.
    public init(name: String) {
      switch name {
      case "test": self = .test
      case "train-seconds": self = .trainSeconds
      default: self = .diagnostic(name)
      }
    }

    /// What suites call it.
    public var name: String {
      switch self {
      case .test: "test"
      case .trainSeconds: "train-seconds"
      case .diagnostic(let name): name
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
