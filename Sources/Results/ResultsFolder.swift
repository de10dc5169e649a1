import Foundation
import Storage

/// The folder of one suite's results: `<cell>.h5` for each cell that ended, and
/// `<cell>.checkpoint.h5` for each that is under way.
public struct ResultsFolder: Sendable {
  /// Where it is; it is made when the first file is written.
  public let url: URL

  /// The folder at `url`, which need not exist.
  public init(url: URL) {
    self.url = url
  }

  /// Where the result of a cell is, or will be.
  public func file(for cell: String) -> URL {
    url.appendingPathComponent(cell + Self.suffix)
  }

  /// Where the checkpoint of a cell is, or will be.
  public func checkpoint(for cell: String) -> URL {
    url.appendingPathComponent(cell + Self.checkpointSuffix)
  }

  /// The ids of the cells that have a result, sorted; none if there is no folder.
  ///
  /// - Throws: `StorageError.notReadable`.
  public func cells() throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      return []
    }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { $0.hasSuffix(Self.suffix) && !$0.hasSuffix(Self.checkpointSuffix) }
        .filter { !$0.hasPrefix(".") }
        .map { String($0.dropLast(Self.suffix.count)) }
        .sorted()
    } catch {
      let reason = isFolder.boolValue ? "the system refuses" : "it is not a folder"
      throw StorageError.notReadable(file: url.path, reason: reason)
    }
  }

  /// All results in the folder, sorted by cell id.
  ///
  /// - Throws: `StorageError`, `ResultsError`: the first file that cannot be read is named.
  /// - Complexity: O(bytes of the files); 1,000 cells of 600 episodes take about a second.
  public func records(includingParameters: Bool = false) throws -> [CellRecord] {
    try cells().map { cell in
      let record = try CellFile.read(file(for: cell), includingParameters: includingParameters)
      guard record.cell == cell else {
        throw ResultsError.otherCell(
          file: file(for: cell).path, expected: cell, found: record.cell)
      }
      return record
    }
  }

  /// What the result of a cell says of itself, without its numbers; nil if there is none yet.
  ///
  /// - Throws: `StorageError`, `ResultsError`.
  public func head(of cell: String) throws -> CellHead? {
    try CellFile.head(at: file(for: cell), cell: cell)
  }

  /// How a cell ended; nil if it has no result yet.
  ///
  /// - Throws: `StorageError`, `ResultsError`.
  public func status(of cell: String) throws -> CellRecord.Status? { try head(of: cell)?.status }

  /// Whether a cell was trained and tested; a failed or diverged one is not done.
  ///
  /// - Throws: `StorageError`, `ResultsError`.
  public func isDone(_ cell: String) throws -> Bool {
    try status(of: cell) == .done
  }

  /// The checkpoint of a cell, or nil if there is none.
  ///
  /// - Throws: `StorageError`, `ResultsError`.
  public func readCheckpoint(for cell: String) throws -> Checkpoint? {
    let file = checkpoint(for: cell)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let checkpoint = try Checkpoint.read(file)
    guard checkpoint.cell == cell else {
      throw ResultsError.otherCell(file: file.path, expected: cell, found: checkpoint.cell)
    }
    return checkpoint
  }

  /// Gives the checkpoint of a cell a name under which no run looks for it.
  ///
  /// - Returns: Where it is now; an earlier one that was set aside is replaced.
  /// - Throws: `StorageError.notWritable`.
  public func setCheckpointAside(for cell: String) throws -> URL {
    let (file, aside) = (checkpoint(for: cell), checkpoint(for: cell).appendingPathExtension("broken"))
    guard rename(file.path, aside.path) == 0 else { throw StorageError.writing(file.path, errno: errno) }
    return aside
  }

  /// Removes the checkpoint of a cell, if there is one.
  ///
  /// - Throws: `StorageError.notWritable`.
  public func removeCheckpoint(for cell: String) throws {
    let file = checkpoint(for: cell)
    guard unlink(file.path) == 0 || errno == ENOENT || errno == ENOTDIR else {
      throw StorageError.notWritable(file: file.path, reason: String(cString: strerror(errno)))
    }
  }

  /// Removes the checkpoint of a cell whose result is younger: a run was killed between writing the one and removing
  /// the other. A checkpoint that is younger is of a cell that is being made again.
  ///
  /// - Throws: `StorageError.notWritable`.
  public func removeOutdatedCheckpoint(for cell: String) throws {
    var (result, checkpoint) = (stat(), stat())
    guard stat(file(for: cell).path, &result) == 0, stat(self.checkpoint(for: cell).path, &checkpoint) == 0 else { return }
    let (ended, begun) = (result.st_mtim, checkpoint.st_mtim)
    guard (ended.tv_sec, ended.tv_nsec) >= (begun.tv_sec, begun.tv_nsec) else { return }
    try removeCheckpoint(for: cell)
  }

  private static let suffix = ".h5"
  private static let checkpointSuffix = ".checkpoint.h5"
}
