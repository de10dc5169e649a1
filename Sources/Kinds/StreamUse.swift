/// What some of a cell's randomness is for, and where it is: for explanations.
public struct StreamUse: Sendable {
  /// The streams that a cell has of its own (``RunContext``).
  public enum Root: Sendable { case weights, order, noise }

  /// Which of them it is below.
  public let root: Root
  /// What it is for, as in `episode k of iteration i`.
  public let purpose: String
  /// The address below the root, as in `episode (i, k)`; letters are coordinates that count from 0.
  public let address: String

  /// A use of a stream.
  public init(_ root: Root, _ purpose: String, at address: String) {
    self.root = root
    self.purpose = purpose
    self.address = address
  }
}
