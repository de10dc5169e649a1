/// A run that learns nothing before its test: all there is to it happens in its units.
public protocol UntrainedRun: CellRun, EmptyArchives {}

extension UntrainedRun {
  public func begin() -> Nothing { Nothing() }
  public func train(_ learned: inout Nothing, iteration: Int) -> Double { 0 }
}
