/// Randomness addressed by what it is for rather than by when it is drawn.
public struct RandomStream: Hashable, Sendable {
  let key: UInt64
  public init(seed: UInt64) { key = seed }
  public func child(_ purpose: String, _ coordinates: Int...) -> RandomStream { fatalError() }
}
