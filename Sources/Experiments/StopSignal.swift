import Synchronization

/// A request to stop, which a run obeys after the iteration it is in.
public final class StopSignal: Sendable {
  private let isSet = Atomic<Bool>(false)

  public init() {}

  public func set() { isSet.store(true, ordering: .relaxed) }
  public var isRequested: Bool { isSet.load(ordering: .relaxed) }
}
