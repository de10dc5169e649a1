/// Thrown by a run whose numbers ceased to be finite: the cell ends as diverged.
public struct Divergence: Error, Equatable, Sendable {
  /// Where, as in `the training loss is nan at iteration 12`.
  public let place: String

  /// A divergence at a place.
  public init(_ place: String) { self.place = place }
}
