import CHDF5
import Foundation

/// An open HDF5 file: either being read, or being built.
///
///     let file = try HDF5File.create(at: url)
///     try file.write("/test/accuracy", scores, shape: [600, 4])
///     try file.setAttribute("schema", 1)
///     try file.close()
///
/// A file that is being built lives in memory until `close()` writes it in one go, so a full disk
/// can never leave HDF5 with a half-written file in its hands. Files carry no time stamps: equal
/// calls give equal bytes. Wrap the making of a file in `AtomicFile.write(to:_:)`.
///
/// One object belongs to one thread; any number of threads may have files of their own.
public final class HDF5File {
  /// Where the file is, or will be.
  public let url: URL

  /// What is being done with the file.
  private enum Purpose { case reading(descriptor: Int32), buildingInMemory, layingOut }

  private let purpose: Purpose
  /// HDF5's number of a file that is being built.
  private(set) var id: Int64
  /// What a file that is being read holds.
  package let contents: HDF5Contents
  var path: String { url.path }

  private init(building url: URL, id: Int64, purpose: Purpose) {
    self.url = url
    self.id = id
    self.purpose = purpose
    contents = HDF5Contents()
  }

  /// A file of these contents, whose values are in what `descriptor` has open, and which closes that in the end.
  package init(reading url: URL, descriptor: Int32, contents: HDF5Contents) {
    self.url = url
    self.contents = contents
    id = -1
    purpose = .reading(descriptor: descriptor)
  }

  deinit {
    if id >= 0 { HDF5Library.enter { _ = H5Fclose(id) } }
    if case .reading(let descriptor) = purpose { Foundation.close(descriptor) }
  }

  /// Opens a file that exists, and checks it against the checksum that `close()` put at its end.
  ///
  /// HDF5 crashes on some damaged files, and follows links to others: it gets to see only what has that checksum, and
  /// is only asked where values lie; see ``SurveyProcess``.
  ///
  /// - Parameter isOurs: Whether a file without that checksum is refused. Without it, trusted files of other
  ///   programs can be read.
  /// - Throws: `StorageError.notFound`, `.notReadable`, `.notHDF5`, `.unsealed`, `.damaged`.
  /// - Complexity: O(bytes of the file), at several gigabytes per second; without the dataset that
  ///   the checksum of a `LargeHDF5File` leaves out.
  public static func open(reading url: URL, isOurs: Bool = true) throws -> HDF5File {
    // A run may put another checkpoint there in the meantime: that one is read then.
    for _ in 0..<100 {
      let file = try openOnce(url, isOurs: isOurs)
      if try file.isStillThere() { return file }
    }
    throw StorageError.notReadable(file: url.path, reason: "it is replaced again and again")
  }

  private static func openOnce(_ url: URL, isOurs: Bool) throws -> HDF5File {
    let descriptor = try openFile(url)
    do {
      try check(descriptor, url, isOurs: isOurs)
      return HDF5File(reading: url, descriptor: descriptor, contents: try SurveyProcess.contents(of: url.path))
    } catch {
      Foundation.close(descriptor)
      throw error
    }
  }

  private static func check(_ descriptor: Int32, _ url: URL, isOurs: Bool) throws {
    var signature = [UInt8](repeating: 0, count: 8)
    guard pread(descriptor, &signature, 8, 0) >= 0 else {
      throw StorageError.reading(url.path, errno: errno)
    }
    guard try Trailer.isRight(descriptor, path: url.path) else {
      throw StorageError.damaged(file: url.path, reason: "its checksum is wrong")
    }
    guard signature == [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a] else {
      throw StorageError.notHDF5(file: url.path)
    }
    guard try !isOurs || Trailer.exists(descriptor, path: url.path) else {
      throw StorageError.unsealed(file: url.path)
    }
  }

  /// Whether the name still leads to the file that was opened.
  private func isStillThere() throws -> Bool {
    guard case .reading(let descriptor) = purpose else { return true }
    var (opened, named) = (stat(), stat())
    guard fstat(descriptor, &opened) == 0, stat(path, &named) == 0 else {
      throw StorageError.reading(path, errno: errno)
    }
    return opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  /// Fills `buffer` with bytes of the file that is being read.
  ///
  /// - Throws: `StorageError.notReadable`, also where the file ends too soon.
  func readBytes(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    guard case .reading(let descriptor) = purpose else { preconditionFailure("the file is being written") }
    try Trailer.read(buffer, of: descriptor, at: offset, path)
  }

  /// The bytes of the file that is being read.
  func length() -> Int {
    guard case .reading(let descriptor) = purpose else { return 0 }
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether the file at `url` ends with the checksum that `close()` puts there, right or wrong.
  ///
  /// - Throws: `StorageError.notFound`, `.notReadable`.
  public static func hasChecksum(_ url: URL) throws -> Bool {
    let descriptor = try openFile(url)
    defer { Foundation.close(descriptor) }
    return try Trailer.exists(descriptor, path: url.path)
  }

  /// A descriptor of a file for reading; of a pipe or device, which might never end, there is none.
  private static func openFile(_ url: URL) throws -> Int32 {
    let descriptor = Foundation.open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw StorageError.reading(url.path, errno: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      Foundation.close(descriptor)
      throw StorageError.notReadable(file: url.path, reason: "it is not a file")
    }
    return descriptor
  }

  /// Begins a new file in memory; `close()` puts it at `url`, replacing what is there.
  ///
  /// - Throws: `StorageError.notWritable` if HDF5 cannot begin a file.
  public static func create(at url: URL) throws -> HDF5File {
    try HDF5Library.enter {
      let access = H5Pcreate(chdf5_file_access())
      defer { H5Pclose(access) }
      H5Pset_fapl_core(access, 1 << 20, false)
      let id = H5Fcreate(url.path, 2 /* H5F_ACC_TRUNC, of memory */, 0, access)
      guard id >= 0 else {
        throw StorageError.notWritable(file: url.path, reason: HDF5Library.lastMessage())
      }
      return HDF5File(building: url, id: id, purpose: .buildingInMemory)
    }
  }

  /// Begins a new file on the disk, with datasets that get their values past HDF5; see
  /// `LargeHDF5File`.
  ///
  /// - Throws: `StorageError.notWritable` if HDF5 cannot begin a file.
  static func create(layingOut url: URL) throws -> HDF5File {
    try HDF5Library.enter {
      let access = H5Pcreate(chdf5_file_access())
      defer { H5Pclose(access) }
      H5Pset_file_locking(access, false, true)
      // Large datasets begin at whole pages.
      H5Pset_alignment(access, 1 << 16, 1 << 12)
      let id = H5Fcreate(url.path, 2 /* H5F_ACC_TRUNC */, 0, access)
      guard id >= 0 else {
        throw StorageError.notWritable(file: url.path, reason: HDF5Library.lastMessage())
      }
      return HDF5File(building: url, id: id, purpose: .layingOut)
    }
  }

  /// Closes the file; a file that was being built is written to the disk now.
  ///
  /// A file that is never closed is not written. Closing twice is fine.
  ///
  /// - Throws: `StorageError.noSpace`, `StorageError.notWritable`.
  /// - Complexity: O(bytes of the file), in time and for a moment in memory.
  public func close() throws {
    guard id >= 0 else { return }
    defer { id = -1 }
    guard case .buildingInMemory = purpose else {
      return try HDF5Library.enter {
        guard H5Fclose(id) >= 0 else { throw failedToWrite() }
      }
    }
    var image: [UInt8] = try HDF5Library.enter {
      defer { H5Fclose(id) }
      guard H5Fflush(id, H5F_SCOPE_LOCAL) >= 0 else { throw failedToWrite() }
      let size = H5Fget_file_image(id, nil, 0)
      guard size > 0 else { throw failedToWrite() }
      return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        guard H5Fget_file_image(id, buffer.baseAddress, size) == size else {
          throw failedToWrite()
        }
        count = size
      }
    }
    image += Trailer.bytes(for: image)
    try image.withUnsafeBytes { try AtomicFile.writeBytes($0, to: url) }
  }

  /// Whether a file that is being read has a dataset or group of this name.
  public func contains(_ name: String) -> Bool { contents.contains(name) }

  /// The names of the datasets and groups directly in `group` of a file that is being read, sorted; none if there is
  /// no such group.
  public func names(in group: String) -> [String] { contents.names(in: group) }

  func failedToWrite() -> StorageError {
    .notWritable(file: path, reason: HDF5Library.lastMessage())
  }
}
