import Foundation
import Synchronization

/// Files that appear whole or not at all, whatever happens to the writer.
public enum AtomicFile {
  /// Builds a file under a temporary name in the folder of `url`, then moves it into place.
  ///
  ///     try AtomicFile.write(to: url) { temporary in
  ///       let file = try HDF5File.create(at: temporary)
  ///       try file.write("/test/accuracy", scores, shape: [600, 4])
  ///       try file.close()
  ///     }
  ///
  /// Missing folders are made. The temporary file exists (empty) when `body` is called, which must
  /// write to it and close it. Then it is flushed to the disk and renamed, and its folder is
  /// flushed. If anything fails, the temporary file is removed and `url` is as it was.
  ///
  /// - Throws: `StorageError.noSpace`, `StorageError.notWritable`, and what `body` throws; errors
  ///   about the temporary file name `url`.
  /// - Complexity: what `body` costs, and two `fsync` calls.
  public static func write(to url: URL, _ body: (_ temporary: URL) throws -> Void) throws {
    let folder = url.deletingLastPathComponent()
    try makeFolder(folder.path, for: url.path)
    let (temporary, lock) = try makeTemporary(for: url, in: folder)
    defer { close(lock) }
    do {
      try body(temporary)
      try flush(temporary.path, O_RDONLY, for: url.path)
      guard rename(temporary.path, url.path) == 0 else {
        throw StorageError.writing(url.path, errno: errno)
      }
    } catch {
      unlink(temporary.path)
      throw renamed(error, from: temporary.path, to: url.path)
    }
    try flush(folder.path, O_RDONLY | O_DIRECTORY, for: url.path)
  }

  /// A new empty file of a name of its own, and a descriptor that keeps it locked while it is written. What lies under
  /// such a name, left by a process of the same number or put there by someone, is neither written to nor followed.
  private static func makeTemporary(for url: URL, in folder: URL) throws -> (URL, lock: Int32) {
    while true {
      let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
      let name = ".\(url.lastPathComponent).\(getpid())-\(number)\(temporarySuffix)"
      let temporary = folder.appendingPathComponent(name)
      let created = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard created >= 0 else {
        guard errno == EEXIST else { throw StorageError.writing(url.path, errno: errno) }
        continue
      }
      // Where files cannot be locked nothing is taken to be abandoned.
      flock(created, LOCK_EX | LOCK_NB)
      // Whoever removes what is abandoned may have come before the lock.
      var status = stat()
      if fstat(created, &status) == 0, status.st_nlink > 0 { return (temporary, created) }
      close(created)
    }
  }

  /// Writes `text` in UTF-8 as the whole content of `url`; see `write(to:_:)`.
  ///
  /// - Throws: `StorageError.noSpace`, `StorageError.notWritable`.
  public static func write(_ text: String, to url: URL) throws {
    var text = text
    try text.withUTF8 { bytes in
      try write(to: url) { try writeBytes(UnsafeRawBufferPointer(bytes), to: $0) }
    }
  }

  /// Removes temporary files that killed writers left in `folder`.
  ///
  /// Call it only when nobody else writes to the folder. A folder that does not exist is fine.
  ///
  /// - Throws: `StorageError.notWritable`.
  public static func removeLeftovers(in folder: URL) throws { try removeTemporaries(in: folder) { _ in true } }

  /// Removes temporary files of killed writers in `folder`, where others may be at work: those that no living process
  /// keeps locked.
  ///
  /// - Throws: `StorageError.notWritable`.
  public static func removeAbandoned(in folder: URL) throws {
    try removeTemporaries(in: folder) { path in
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }
  }

  private static func removeTemporaries(in folder: URL, where isDone: (_ path: String) -> Bool) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where isTemporary(name) {
      let path = folder.appendingPathComponent(name).path
      guard isDone(path) else { continue }
      guard unlink(path) == 0 || errno == ENOENT else { throw StorageError.writing(path, errno: errno) }
    }
  }

  /// Writes bytes to a file that is not visible to readers yet.
  ///
  /// - Throws: `StorageError.noSpace`, `StorageError.notWritable`.
  public static func writeBytes(_ bytes: UnsafeRawBufferPointer, to url: URL) throws {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw StorageError.writing(url.path, errno: errno) }
    var done = 0
    while done < bytes.count {
      let written = Foundation.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if written < 0 {
        if errno == EINTR { continue }
        let code = errno
        close(descriptor)
        throw StorageError.writing(url.path, errno: code)
      }
      done += written
    }
    guard close(descriptor) == 0 else { throw StorageError.writing(url.path, errno: errno) }
  }

  private static let counter = Atomic<Int>(0)
  private static let temporarySuffix = ".partial"

  private static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(temporarySuffix)
  }

  private static func flush(_ path: String, _ flags: Int32, for file: String) throws {
    let descriptor = open(path, flags | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageError.writing(file, errno: errno) }
    defer { close(descriptor) }
    // Some file systems cannot flush folders and say so with EINVAL: nothing to be done then.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw StorageError.writing(file, errno: errno)
    }
  }

  /// Makes a folder, and those above it that are missing.
  ///
  /// - Throws: `StorageError.noSpace`, `StorageError.notWritable`.
  public static func makeFolder(_ url: URL) throws { try makeFolder(url.path, for: url.path) }

  /// Makes a folder and those above it that are missing.
  private static func makeFolder(_ path: String, for file: String) throws {
    if mkdir(path, 0o777) == 0 { return }
    var code = errno
    let parent = (path as NSString).deletingLastPathComponent
    if code == ENOENT, !parent.isEmpty, parent != path {
      try makeFolder(parent, for: file)
      if mkdir(path, 0o777) == 0 { return }
      code = errno
    }
    guard code == EEXIST else { throw StorageError.writing(file, errno: code) }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw StorageError.notWritable(file: file, reason: "'\(path)' is not a folder")
    }
  }

  private static func renamed(_ error: any Error, from temporary: String, to file: String)
    -> any Error
  {
    switch error {
    case StorageError.noSpace(temporary): StorageError.noSpace(file: file)
    case StorageError.notWritable(temporary, let reason):
      StorageError.notWritable(file: file, reason: reason)
    default: error
    }
  }
}
