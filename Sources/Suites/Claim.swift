/// A statement of a paper as an inequality that a run decides.
///
/// The compared quantity is `left − minus`, `left / over`, or `left` alone; the claim holds if it
/// lies within the bounds.
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

  /// What is compared.
  public enum Quantity: String, Sendable, CaseIterable {
    /// Accuracy or loss on the test episodes.
    case test
    /// Wall-clock seconds of training.
    case trainSeconds = "train-seconds"
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
  /// The lower bound; nil for none.
  public let atLeast: Double?
  /// The upper bound; nil for none.
  public let atMost: Double?
  /// Narrows both sides.
  public let condition: Selection
}
