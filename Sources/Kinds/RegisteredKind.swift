import Episodes
import Measures

/// A kind with its systems, as suites see it.
public struct RegisteredKind: Sendable {
  /// Names, axes and keys.
  public let description: KindDescription
  /// In the order in which lists show them.
  public let systems: [RegisteredSystem]

  /// A kind with the systems that suites may name.
  public init<Kind: ExperimentKind>(_ kind: Kind.Type, systems: [SystemDescription<Kind>]) {
    description = Kind.description
    self.systems = systems.map(RegisteredSystem.init)
  }

  /// The system of that name, or nil.
  public func system(named name: String) -> RegisteredSystem? { systems.first { $0.name == name } }

  /// This kind and further systems of it.
  ///
  /// - Precondition: Names are not taken.
  public func adding(_ more: [RegisteredSystem]) -> RegisteredKind {
    for added in more {
      precondition(system(named: added.name) == nil, "there is an algorithm '\(added.name)' already")
    }
    return RegisteredKind(description: description, systems: systems + more)
  }

  private init(description: KindDescription, systems: [RegisteredSystem]) {
    self.description = description
    self.systems = systems
  }
}

/// A system as suites see it, whatever its kind.
public struct RegisteredSystem: Sendable {
  /// The name in suites.
  public let name: String
  /// The kind's name.
  public let kind: String
  /// A short summary for lists.
  public let summary: String
  /// The paper it comes from.
  public let reference: String
  /// The settings that it has on any dataset, under the headings of lists.
  public let allSettings: [(heading: String, settings: [SettingDescription])]
  /// What it records besides its scores.
  public let records: [String]
  /// What it once recorded and does no more.
  public let retiredRecords: [String]
  /// Its settings on a dataset; nil where it cannot learn the dataset's tasks.
  public let settings: @Sendable (DatasetDescription) -> [SettingDescription]?
  /// What makes repeats with these settings differ.
  public let variesBy: @Sendable (Settings) -> Variation
  /// The plan of a cell.
  ///
  /// Throws ``PlanError`` where there can be none.
  public let plan: @Sendable (CellValues) throws -> CellPlan

  /// A system of any kind.
  public init<Kind: ExperimentKind>(_ system: SystemDescription<Kind>) {
    name = system.name
    kind = Kind.description.name
    summary = system.summary
    reference = system.reference
    allSettings = system.allSettings
    records = system.records
    retiredRecords = system.retiredRecords
    settings = system.settings
    variesBy = system.variesBy
    plan = { values in try CellPlan(try Kind(values), system, values) }
  }

  /// The names of all its settings, each once.
  public var settingNames: [String] { allSettings.flatMap(\.settings).map(\.name).distinct() }
}
