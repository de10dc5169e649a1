import Foundation

/// A new HDF5 file that need not fit into memory: laid out first, then filled in any order.
///
///     try AtomicFile.write(to: url) { temporary in
///       let spaces = [LargeHDF5File.Space("/images", [60_000, 84, 84, 3])]
///       let file = try LargeHDF5File.create(at: temporary, reserving: spaces) { layout in
///         try layout.setAttribute("schema", 1)
///       }
///       try file.write(pixels, to: "/images", at: 0)
///       try file.close(leavingOut: "/images")
///     }
///
/// HDF5 itself writes the few kilobytes that tell what is where, once it is known that there is room
/// for all; values go to their places past it. So a disk that fills up meanwhile is an ordinary error
/// and never leaves HDF5 with a half-written file in its hands. What is not filled is zero. Files
/// carry no time stamps: equal content gives equal bytes.
///
/// The checksum at the end leaves one dataset out, so that opening the file does not read it all:
/// whoever reads that dataset has to check it.
public final class LargeHDF5File {
  /// A uint8 dataset that is to be filled.
  public struct Space: Sendable {
    let name: String
    let shape: [Int]
    var bytes: Int { shape.reduce(1, *) }

    /// - Parameters:
    ///   - name: In the root group, as in `/images`.
    ///   - shape: Outermost dimension first; no extent is 0.
    public init(_ name: String, _ shape: [Int]) {
      self.name = name
      self.shape = shape
    }
  }

  private let path: String
  private let places: [String: Range<Int>]
  private var descriptor: Int32

  private init(path: String, places: [String: Range<Int>], descriptor: Int32) {
    self.path = path
    self.places = places
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { Foundation.close(descriptor) }
  }

  /// Lays a file out at `url`, replacing what is there.
  ///
  /// - Parameter describe: Adds attributes and small datasets.
  /// - Throws: `StorageError.noSpace` if the disk has no room for all that is reserved,
  ///   `.notWritable`, and what `describe` throws.
  public static func create(
    at url: URL, reserving spaces: [Space], _ describe: (HDF5File) throws -> Void
  ) throws -> LargeHDF5File {
    try checkRoom(for: spaces.map(\.bytes).reduce(1 << 16, +), at: url)
    let file = try HDF5File.create(layingOut: url)
    try describe(file)
    var places: [String: Range<Int>] = [:]
    for space in spaces {
      let start = try file.reserve(space.name, shape: space.shape)
      places[space.name] = start..<start + space.bytes
    }
    try file.close()
    let descriptor = open(url.path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageError.writing(url.path, errno: errno) }
    return LargeHDF5File(path: url.path, places: places, descriptor: descriptor)
  }

  /// Writes `bytes` into the reserved dataset `name`, from its byte `offset` on.
  ///
  /// - Throws: `StorageError.noSpace`, `.notWritable`.
  /// - Precondition: They fit into it.
  public func write(_ bytes: [UInt8], to name: String, at offset: Int) throws {
    let place = places[name]!
    precondition(0 <= offset && offset + bytes.count <= place.count, "'\(name)' is not so large")
    try write(bytes, at: place.lowerBound + offset)
  }

  /// The bytes of the reserved dataset `name` in a range that counts from its first one.
  ///
  /// - Throws: `StorageError.notReadable`.
  public func bytes(_ range: Range<Int>, of name: String) throws -> [UInt8] {
    let start = places[name]!.lowerBound + range.lowerBound
    return try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      let target = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<range.count])
      try Trailer.read(target, of: descriptor, at: start, path)
      count = range.count
    }
  }

  /// Ends the file with a checksum of everything but the reserved dataset `name`.
  ///
  /// - Throws: `StorageError.noSpace`, `.notWritable`, `.notReadable`.
  public func close(leavingOut name: String) throws {
    let trailer = try Trailer.bytes(for: descriptor, leavingOut: places[name]!, path: path)
    try write(trailer, at: Int(lseek(descriptor, 0, SEEK_END)))
    let closed = Foundation.close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw StorageError.writing(path, errno: errno) }
  }

  private func write(_ bytes: [UInt8], at offset: Int) throws {
    try bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let written = pwrite(
          descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
        if written < 0, errno == EINTR { continue }
        guard written > 0 else {
          throw StorageError.writing(path, errno: written < 0 ? errno : ENOSPC)
        }
        done += written
      }
    }
  }

  private static func checkRoom(for bytes: Int, at url: URL) throws {
    var volume = statvfs()
    // A file system that does not tell how full it is has its say when it is written to.
    guard statvfs(url.deletingLastPathComponent().path, &volume) == 0, volume.f_blocks > 0 else {
      return
    }
    guard UInt(volume.f_bavail) * UInt(volume.f_frsize) >= UInt(bytes) else {
      throw StorageError.noSpace(file: url.path)
    }
  }
}
