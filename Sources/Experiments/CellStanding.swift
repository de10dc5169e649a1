import Results
import Suites

/// How far a cell of a suite has come in a results folder.
public enum CellStanding: Sendable, Equatable {
  /// It has a result, with this status, after so many iterations.
  case ended(CellRecord.Status, iterations: Int)
  /// It has a checkpoint after so many iterations.
  case begun(iteration: Int)
  /// It has neither.
  case open

  /// `done`, `failed`, `diverged`, `begun` or `open`.
  public var name: String {
    switch self {
    case .ended(let status, _): status.name
    case .begun: "begun"
    case .open: "open"
    }
  }

  /// The training iterations that were made.
  public var iterations: Int {
    switch self {
    case .ended(_, let iterations), .begun(let iterations): iterations
    case .open: 0
    }
  }
}

extension ResultsFolder {
  /// How far a cell has come.
  ///
  /// - Throws: `StorageError`, `ResultsError`: what lies under the cell's name cannot be read.
  public func standing(of cell: Cell) throws -> CellStanding {
    if let head = try head(of: cell) {
      // Where nothing is trained, none are made.
      return .ended(
        head.status, iterations: head.status == .done ? cell.plan.effort.iterations : head.iterations)
    }
    return try readCheckpoint(for: cell.id).map { .begun(iteration: $0.iteration) } ?? .open
  }
}
