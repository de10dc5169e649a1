import Episodes
import Measures

/// Everything that a suite says of one cell, every default written out: what a kind makes its plan from.
public struct CellValues: Sendable {
  /// The system's name.
  public let system: String
  /// Where its tasks are from.
  public let dataset: DatasetDescription
  /// How the dataset is divided into parts.
  public let split: SplitDescription
  /// The cell's place on the axes of the kind.
  public let axes: Settings
  /// The keys of `protocol.train`.
  public let training: Settings
  /// The keys of `protocol.test`.
  public let testing: Settings
  /// The system's own settings.
  public let settings: Settings
  /// What the suite says itself, by paths as `train.metaBatch`; all else is at its default.
  public let given: Set<String>
  /// Whether some settings are chosen on validation units, which there have to be then.
  public let isTuned: Bool

  /// Values from their parts.
  public init(
    system: String, dataset: DatasetDescription, split: SplitDescription, axes: Settings,
    training: Settings, testing: Settings, settings: Settings, given: Set<String>, isTuned: Bool = false
  ) {
    self.system = system
    self.dataset = dataset
    self.split = split
    self.axes = axes
    self.training = training
    self.testing = testing
    self.settings = settings
    self.given = given
    self.isTuned = isTuned
  }
}
