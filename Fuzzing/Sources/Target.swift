import Episodes
import Foundation
import Results
import Storage
import Suites

/// A reader of files.
enum Target: String, CaseIterable {
  /// The text of a suite.
  case suite
  /// The lists of classes beside miniImageNet's images.
  case lists
  /// Zip and tar archives.
  case archive
  /// Results, checkpoints and imported images whose checksum is right and whose content is not: see ``Forgery``.
  case cell, checkpoint, images
  /// Any bytes behind a right checksum, seen by HDF5 in a process of its own.
  case hdf5

  static let chosen: Target = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = Target(rawValue: name) else {
      fatalError("FUZZ_TARGET is one of \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return target
  }()

  /// A folder of its own, in memory where the system has such folders.
  private static let folder: URL = {
    let parent = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
    let folder = URL(fileURLWithPath: "\(parent)/metabench-fuzz-\(getpid())")
    try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: Target.folder) }
    return folder
  }()

  private static let cells = Samples.records.map { record in
    try! Forgery(of: folder.appendingPathComponent("cell.h5")) { try CellFile.write(record, to: $0, replacing: true) }
  }
  private static let checkpointFile = try! Forgery(of: folder.appendingPathComponent("checkpoint.h5")) {
    try Samples.checkpoint.write(to: $0)
  }
  private static let imageFile = try! Forgery(of: folder.appendingPathComponent("images.h5"), Samples.writeImages)

  func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    do {
      switch self {
      case .suite: _ = try Suite(yaml: String(decoding: bytes, as: UTF8.self), file: "suite.yaml")
      case .lists:
        try write(bytes, "val.csv")
        _ = try RaviLists(inFolder: Self.folder)
      case .archive:
        let file = try write(bytes, "archive")
        try ArchiveFile.forEachFile(in: file, limit: 1 << 20, { $0 }, { _, _, _ in })
      case .cell:
        var input = Input(bytes)
        let cell = Self.cells[Int(input.byte()) % Self.cells.count]
        _ = try CellFile.read(cell.forged(by: &input), includingParameters: true)
      case .checkpoint:
        var input = Input(bytes)
        _ = try Checkpoint.read(Self.checkpointFile.forged(by: &input))
      case .images:
        var input = Input(bytes)
        _ = try ClassImageFile(Self.imageFile.forged(by: &input), kind: Samples.kind, dataset: "images")
      case .hdf5:
        let content = Array(bytes)
        let file = try (content + Trailer.bytes(for: content)).withUnsafeBufferPointer { try write($0, "file.h5") }
        _ = try CellFile.read(file)
      }
    } catch is SuiteError {
    } catch is EpisodesError {
    } catch is ResultsError {
    } catch StorageError.damaged(_, let reason) where reason.contains("HDF5 crashed") || reason.contains("takes too long") {
      Contained.count += 1
    } catch is StorageError {
    } catch {
      fatalError("an error that is not this program's own: \(error)")
    }
  }

  @discardableResult
  private func write(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String) throws -> URL {
    let file = Self.folder.appendingPathComponent(name)
    try AtomicFile.writeBytes(UnsafeRawBufferPointer(bytes), to: file)
    return file
  }
}

/// How often HDF5 crashed or hung where that ends nothing but its own process; told at the end.
private enum Contained {
  nonisolated(unsafe) static var count = 0 {
    willSet { if count == 0 { atexit { print("HDF5 crashed or hung, which was contained: \(Contained.count)") } } }
  }
}
