/// What a report says in a few words, and which files it consists of.
public struct ReportSummary: Sendable, Equatable {
  /// Cells of the suite by how they ended.
  public var done: Int
  /// Cells that ended with an error.
  public var failed: Int
  /// Cells whose numbers ceased to be finite.
  public var diverged: Int
  /// Cells that have no result yet.
  public var missing: Int
  /// Results that belong to no cell of the suite; they are left out.
  public var foreign: [String]
  /// Paths below the report's folder, sorted.
  public var files: [String]
  /// What could not be done, as sentences; for example that gnuplot is missing.
  public var notes: [String]
  /// The first table, as Markdown; what a terminal may show.
  public var firstTable: String

  /// Whether every cell of the suite is done.
  public var isComplete: Bool { failed + diverged + missing == 0 }
}
