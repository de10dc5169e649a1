/// Why there can be no such cell, and which value is to blame.
public struct PlanError: Error, Equatable, Sendable {
  /// What is wrong with the value.
  public enum Fault: Equatable, Sendable {
    /// It must be said, as in this example.
    case missing(example: String)
    /// It cannot be; a sentence says why and how to mend it.
    case impossible(String)
    /// The system cannot be made with such settings; its own words.
    case refused(String)
  }

  /// The path of the value: `way`, `train.metaBatch`, `test.query`, `settings.trainWay`, `dataset`. Of
  /// several the first is named that the suite says itself.
  public let paths: [String]
  /// What is wrong with it.
  public let fault: Fault

  /// An error about the first of some values that the suite says.
  public init(_ paths: String..., fault: Fault) {
    self.paths = paths
    self.fault = fault
  }
}
