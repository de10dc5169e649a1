import Results
import Suites

/// How far a cell of a suite has come in a results folder.
public enum CellStanding: Sendable, Equatable {
  /// It has a result, with this status.
  case ended(CellRecord.Status)
  /// It has a checkpoint after so many iterations.
  case begun(iteration: Int)
  /// It has neither.
  case open

  /// `done`, `failed`, `diverged`, `begun` or `open`.
  public var name: String {
    switch self {
    case .ended(let status): status.name
    case .begun: "begun"
    case .open: "open"
    }
  }

  /// The training iterations that are done; all of a cell that ended.
  public func iterations(of cell: Cell) -> Int {
    switch self {
    case .ended: cell.training.iterations
    case .begun(let iteration): iteration
    case .open: 0
    }
  }
}

extension ResultsFolder {
  /// How far a cell has come.
  ///
  /// - Throws: `StorageError`, `ResultsError`: what lies under the cell's name cannot be read.
  public func standing(of cell: Cell) throws -> CellStanding {
    if let status = try status(of: cell.id) { return .ended(status) }
    return try readCheckpoint(for: cell.id).map { .begun(iteration: $0.iteration) } ?? .open
  }
}
