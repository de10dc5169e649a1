import Episodes
import Measures

/// What is known of a system of one kind without making one, and how one is made.
public struct SystemDescription<Kind: ExperimentKind>: Sendable {
  /// The name in suites; the same name may stand in several kinds.
  public let name: String
  /// A short summary for lists.
  public let summary: String
  /// The paper it comes from.
  public let reference: String
  /// Its settings on a dataset; nil where it cannot learn the dataset's tasks.
  public let settings: @Sendable (DatasetDescription) -> [SettingDescription]?
  /// The settings that it has on any dataset, under the headings of lists: `classification`, `regression`.
  public let allSettings: [(heading: String, settings: [SettingDescription])]
  /// What it records besides its scores, by name.
  public let records: [String]
  /// What it once recorded and does no more: older results may be asked about it.
  public let retiredRecords: [String]
  /// What makes repeats differ.
  public let variesBy: @Sendable (Settings) -> Variation
  let make: @Sendable (CellValues, Kind) throws -> Kind.System

  /// A system whose settings depend on the dataset.
  public init(
    _ name: String, summary: String, reference: String,
    allSettings: [(heading: String, settings: [SettingDescription])],
    settings: @escaping @Sendable (DatasetDescription) -> [SettingDescription]?,
    records: [String] = [], retiredRecords: [String] = [],
    variesBy: @escaping @Sendable (Settings) -> Variation = { _ in .training },
    make: @escaping @Sendable (CellValues, Kind) throws -> Kind.System
  ) {
    self.name = name
    self.summary = summary
    self.reference = reference
    self.allSettings = allSettings
    self.settings = settings
    self.records = records
    self.retiredRecords = retiredRecords
    self.variesBy = variesBy
    self.make = make
  }

  /// A system with the same settings on every dataset.
  ///
  /// - Parameters:
  ///   - records: What it records besides its scores, by name.
  ///   - variesBy: What makes repeats differ.
  ///   - make: A system from its settings, for a plan.
  public init(
    _ name: String, summary: String, reference: String, settings: [SettingDescription],
    records: [String] = [], variesBy: Variation = .training,
    make: @escaping @Sendable (Settings, Kind) throws -> Kind.System
  ) {
    self.init(
      name, summary: summary, reference: reference, allSettings: [("", settings)],
      settings: { _ in settings }, records: records, variesBy: { _ in variesBy },
      make: { try make($0.settings, $1) })
  }
}
