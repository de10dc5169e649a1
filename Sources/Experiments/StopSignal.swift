import Synchronization

/// A request to stop, which a run obeys after the iteration it is in.
public final class StopSignal: Sendable {
  private let isSet = Atomic<Bool>(false)

  /// A signal that is not set.
  public init() {}

  /// Asks to stop; may be called from a signal handler.
  public func set() { isSet.store(true, ordering: .relaxed) }
  /// Whether someone asked to stop.
  public var isRequested: Bool { isSet.load(ordering: .relaxed) }
}
