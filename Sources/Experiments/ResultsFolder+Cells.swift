import Results
import Suites

extension ResultsFolder {
  /// What the result of a cell says of itself; nil if there is none that counts.
  ///
  /// One of another configuration under the cell's name does not: see `CountedResults`.
  ///
  /// - Throws: `StorageError`, `ResultsError`: what lies under the cell's name cannot be read.
  public func head(of cell: Cell) throws -> CellHead? {
    try head(of: cell.id).flatMap { $0.configuration == cell.configuration ? $0 : nil }
  }

  /// The ids of the results that do not count for a suite, sorted.
  ///
  /// - Throws: `StorageError.notReadable`. What cannot be read is none of them.
  public func leftOver(of suite: Suite) throws -> [String] {
    let configurations = suite.configurations
    return try cells().filter { id in
      guard let configuration = configurations[id] else { return true }
      guard let head = try? head(of: id) else { return false }
      return head.configuration != configuration
    }
  }
}
