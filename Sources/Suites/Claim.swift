/// A statement of a paper as an inequality that a run decides.
///
/// The compared quantity is `left − minus`, `left / over`, or `left` alone; the claim holds if it
/// lies within the bounds.
public struct Claim: Hashable, Sendable {
  /// One side: which cells, and at how many adaptation steps (nil: the last).
  public struct Side: Hashable, Sendable {
    public let cells: Selection
    public let steps: Int?
  }

  /// What `left` is compared with.
  public enum Other: Hashable, Sendable {
    case minus(Side)
    case over(Side)
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
  public let says: String
  public let quantity: Quantity
  public let left: Side
  public let other: Other
  public let atLeast: Double?
  public let atMost: Double?
  /// Narrows both sides.
  public let condition: Selection
}
