import Episodes
import Measures

/// What is known of a kind of experiment without a cell of it.
public struct KindDescription: Sendable {
  /// The name in suites (`protocol: { kind: ... }`).
  public let name: String
  /// What it is, in half a sentence, as lists show it.
  public let summary: String
  /// What is drawn and counted at test.
  public let unit: ReplicationUnit
  /// What its tests are judged by: one metric, or one for each sort of dataset.
  public let judged: [Metric]
  /// What else its tests tell of every system.
  public let recorded: [Metric]
  /// The axes that outcomes may have, by name.
  public let outcomeAxes: [String]
  /// What a dataset must give one of, so that there can be such tasks.
  public let needs: Set<TaskForm>
  /// The axes of its grids besides algorithm, dataset, split and repeat. They may depend on the dataset;
  /// their names and order may not.
  public let axes: @Sendable (DatasetDescription) -> [SettingDescription]
  /// The names of the axes, in order.
  public let axisNames: [String]
  /// The keys of `protocol.train`.
  public let training: [SettingDescription]
  /// The keys of `protocol.test`.
  public let testing: [SettingDescription]
  /// Those of `testing` that an entry of the grid may fix, so that cells of several stand side by side.
  public let fixable: [String]

  /// Those of `testing` that training depends on, too.
  public let testKeysOfTraining: [String]
  /// Those of `testing` that say how many units there are, and nothing of a single one.
  public let countKeys: [String]

  /// A description from its parts.
  ///
  /// - Parameters:
  ///   - axes: One with an example must be named by every grid.
  public init(
    name: String, summary: String, unit: ReplicationUnit, judged: [Metric], recorded: [Metric] = [],
    outcomeAxes: [String], needs: Set<TaskForm> = [.episodes], axisNames: [String],
    axes: @escaping @Sendable (DatasetDescription) -> [SettingDescription],
    training: [SettingDescription], testing: [SettingDescription], fixable: [String] = [],
    testKeysOfTraining: [String] = [], countKeys: [String]
  ) {
    self.name = name
    self.summary = summary
    self.unit = unit
    self.judged = judged
    self.recorded = recorded
    self.outcomeAxes = outcomeAxes
    self.needs = needs
    self.axes = axes
    self.axisNames = axisNames
    self.training = training
    self.testing = testing
    self.fixable = fixable
    self.testKeysOfTraining = testKeysOfTraining
    self.countKeys = countKeys
  }

  /// The key of ``training`` that says for how many iterations is trained, in kinds that have one.
  public static let iterationsKey = "iterations"

  /// The names of all outcomes that its tests tell of every system.
  public var outcomes: [String] { (judged + recorded).map(\.name) }
}
