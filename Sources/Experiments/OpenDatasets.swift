import Episodes
import Foundation
import Suites
import Synchronization

/// The datasets of a run, each part opened once and then shared.
public final class OpenDatasets: Sendable {
  private let data: URL
  private let open = Mutex<[String: any TaskSource]>([:])

  /// - Parameter data: The data directory.
  public init(data: URL) { self.data = data }

  /// One part of a cell's dataset.
  ///
  /// - Throws: What `Datasets.open` throws: not imported, damaged; `EpisodesError.tooFewExamples` if
  ///   the import is not complete enough for the cell.
  func part(_ part: Part, of cell: Cell) throws -> any TaskSource {
    let source = try opened(part, of: cell)
    let needed = cell.plan.examplesNeeded[part] ?? 0
    if let count = source.examplesPerClass, count.fewest < needed {
      throw EpisodesError.tooFewExamples(
        dataset: cell.dataset, part: part, available: count.fewest, complete: count.complete,
        needed: needed)
    }
    return source
  }

  /// The same, although the cell may need more of it than there is.
  func opened(_ part: Part, of cell: Cell) throws -> any TaskSource {
    try open.withLock { open in
      let key = "\(cell.dataset)/\(cell.split)/\(part)"
      if let source = open[key] { return source }
      let source = try Datasets.open(cell.dataset, split: cell.split, part: part, data: data)
      open[key] = source
      return source
    }
  }

  /// The digest of the content of each open part, by dataset, split and part.
  var digests: [String: String] { open.withLock { $0.mapValues(\.digest) } }

  /// How many examples classes have in each open part that may be incomplete, named as `digests` are.
  var examplesPerClass: [String: ExampleCount] {
    open.withLock { $0.compactMapValues(\.examplesPerClass) }
  }

  /// Opens all that the cells need, so that a missing import is said before anything runs.
  public func prepare(_ cells: [Cell]) throws {
    for cell in cells {
      for part in Part.allCases { _ = try self.part(part, of: cell) }
    }
  }
}
