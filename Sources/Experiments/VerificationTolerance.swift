/// How far a recomputed score may be from the stored one on another type of CPU than it was made on.
///
/// There sums are rounded otherwise in the last bits, which now and then turns the answer to a query
/// whose two best classes are all but level. On the same type of CPU, and with the same kernels,
/// nothing may differ.
public struct VerificationTolerance: Sendable, Equatable, Encodable {
  /// Answers of an episode that may turn out otherwise.
  public let queries: Int
  /// The part of a loss by which it may differ.
  public let relativeLoss: Double

  /// Two answers, or a thousandth of a loss.
  public static let otherCPU = VerificationTolerance(queries: 2, relativeLoss: 1e-3)

  /// Whether a score may be `found` where `stored` is kept.
  ///
  /// - Parameter queries: The number of queries of the episode; nil where the score is a loss.
  func allows(_ found: Double, for stored: Double, queries: Int?) -> Bool {
    if found.bitPattern == stored.bitPattern { return true }
    guard let queries else { return abs(found - stored) <= relativeLoss * max(abs(stored), 1e-3) }
    return (abs(found - stored) * Double(queries)).rounded() <= Double(self.queries)
  }
}
