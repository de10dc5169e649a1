import Measures
import Storage

/// Who a cell is, as attributes of its file.
extension CellFile {
  static func writeIdentity(of record: CellRecord, to file: HDF5File) throws {
    try file.setAttribute("suite", record.suite)
    try file.setAttribute("cell", record.cell)
    try file.setAttribute("kind", record.kind)
    try file.setAttribute("algorithm", record.algorithm)
    try file.setAttribute("variant", record.variant)
    try file.setAttribute("dataset", record.dataset)
    try file.setAttribute("split", record.split)
    try file.setAttribute("task", record.task)
    try file.setAttribute("coordinates", record.coordinates.entries.map(\.name).joined(separator: "\n"))
    for coordinate in record.coordinates.entries {
      switch coordinate.value {
      case .integer(let value): try file.setAttribute(coordinate.name, value)
      case .number(let value): try file.setAttribute(coordinate.name, value)
      case .text, .flag: try file.setAttribute(coordinate.name, "\(coordinate.value)")
      }
    }
    try file.setAttribute("repeat", record.repetition)
    try file.setAttribute("unit", record.unit.singular)
    try file.setAttribute("units", record.unit.plural)
    try file.setAttribute("metric", record.metric.name)
    try file.setAttribute("configuration", record.configuration)
  }

  /// The kind of experiment; files of the first versions, which knew one only, do not say it.
  static func kind(in file: HDF5File) throws -> String {
    try file.text(attribute: "kind") ?? FirstKind.name
  }

  static func coordinates(in file: HDF5File) throws -> Coordinates {
    let names = try file.text(attribute: "coordinates").map { try file.distinctLines($0, in: "coordinates") }
    return Coordinates(
      try (names ?? ["way", "shot", "query"]).map { name in
        .init(name, try value(of: name, in: file))
      })
  }

  private static func value(of name: String, in file: HDF5File) throws -> SettingValue {
    if let integer = try? file.integer(attribute: name) {
      try file.check([integer], in: name, are: "sizes from 0 to \(Int32.max)") { (0...Int(Int32.max)).contains($0) }
      return .integer(integer)
    }
    if let number = try? file.number(attribute: name) {
      try file.check(finite: [number], in: name)
      return .number(number)
    }
    return .text(try file.requiredText(name))
  }

  static func unit(in file: HDF5File) throws -> ReplicationUnit {
    guard let singular = try file.text(attribute: "unit") else { return .episode }
    return ReplicationUnit(singular, plural: try file.requiredText("units"))
  }

  /// What sets the cell apart, and its tasks, as in its id.
  static func names(in file: HDF5File, algorithm: String) throws -> (variant: String, task: String) {
    guard let variant = try file.text(attribute: "variant") else {
      return try OldNames.names(
        cell: file.requiredText("cell"), algorithm: algorithm, dataset: file.requiredText("dataset"),
        split: file.requiredText("split"), way: file.requiredCount("way"),
        shot: file.requiredCount("shot"))
    }
    return (variant, try file.requiredText("task"))
  }
}
