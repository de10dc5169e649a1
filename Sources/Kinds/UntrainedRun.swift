import Measures

/// A run that learns nothing before its test: all there is to it happens in its units.
public protocol UntrainedRun: CellRun where Learned == Nothing {}

/// What is learned where nothing is.
public struct Nothing: Sendable {
  public init() {}
}

extension UntrainedRun {
  public func begin() -> Nothing { Nothing() }
  public func train(_ learned: inout Nothing, iteration: Int) -> Double { 0 }
  public func archive(_ learned: Nothing) -> Archive { Archive() }
  public func learned(from archive: Archive) -> Nothing? { Nothing() }
  public func kept(_ learned: Nothing) -> [NamedArray] { [] }
  public func learned(keeping arrays: [NamedArray]) -> Nothing? { arrays.isEmpty ? Nothing() : nil }
}
