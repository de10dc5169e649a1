/// What a cell's file says of itself, without its numbers.
public struct CellHead: Sendable, Equatable {
  /// The cell's id.
  public let cell: String
  /// The resolved configuration, in JSON.
  public let configuration: String
  /// On what and with what the cell was made, in JSON; see `Provenance`.
  public let provenance: String
  /// How the cell ended.
  public let status: CellRecord.Status
  /// The meta-updates that were made; where that was not recorded, those at the last point of the
  /// training curve.
  public let iterations: Int
}
