#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What can go wrong with a file: every case names it, and the description says how to go on.
public enum StorageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no file of that name.
  case notFound(file: String)
  /// The file is there, but the system will not let it be read.
  case notReadable(file: String, reason: String)
  /// The file is not an HDF5 file at all.
  case notHDF5(file: String)
  /// The file is HDF5, but lacks the checksum that this program puts at the end of what it writes.
  case unsealed(file: String)
  /// The file begins like HDF5, but its inside is broken.
  case damaged(file: String, reason: String)
  /// The file has no dataset, group or attribute of that name.
  case missing(name: String, file: String)
  /// The dataset or attribute holds another type of value than the one asked for.
  case wrongType(name: String, file: String, expected: String, found: String)
  /// The dataset has more values than are written or read as a whole.
  case tooLarge(name: String, file: String, bytes: Int, most: Int)
  /// The volume, or the user's quota on it, is used up.
  case noSpace(file: String)
  /// The file or its folder cannot be written, for another reason than space.
  case notWritable(file: String, reason: String)

  public var description: String {
    switch self {
    case .notFound(let file):
      return "\(file): there is no such file. Check the path."
    case .notReadable(let file, let reason):
      return "\(file): cannot be read (\(reason)). Check its permissions and the disk."
    case .notHDF5(let file):
      return "\(file): is not an HDF5 file. Move it away, or give the path of another file."
    case .unsealed(let file):
      return "\(file): has no checksum at its end. Another program opened it for writing, as h5py does with mode"
        + " 'r+' or 'a', or its end is missing. Put back a copy, or move it away and repeat the command that made it."
        + " To look at such files from Python, open them with mode 'r'."
    case .damaged(let file, let reason):
      return "\(file): is damaged (\(reason)). Delete it and repeat the command that made it."
    case .missing(let name, let file):
      return "\(file): has no '\(name)', so it was not written by this program, or by another"
        + " version of it. Move it away and repeat the command that made it."
    case .wrongType(let name, let file, let expected, let found):
      return "\(file): '\(name)' holds \(found) where \(expected) is expected, so it was not"
        + " written by this program. Move it away and repeat the command that made it."
    case .tooLarge(let name, let file, let bytes, let most):
      return "\(file): '\(name)' would have \(bytes) bytes, and \(most) are the most; nothing was changed."
        + " Choose a smaller network or fewer units."
    case .noSpace(let file):
      return "\(file): no space left on the device; nothing was changed."
        + " Free some space, or choose a folder on another volume, and repeat the command."
    case .notWritable(let file, let reason):
      return "\(file): cannot be written (\(reason)); nothing was changed."
        + " Check the permissions of the folder, or choose another one."
    }
  }

  /// The case for a failed system call on `file` that was opened for writing.
  package static func writing(_ file: String, errno code: Int32) -> StorageError {
    code == ENOSPC || code == EDQUOT
      ? .noSpace(file: file)
      : .notWritable(file: file, reason: String(cString: strerror(code)))
  }

  /// The case for a failed system call on `file` that was opened for reading.
  static func reading(_ file: String, errno code: Int32) -> StorageError {
    code == ENOENT || code == ENOTDIR
      ? .notFound(file: file)
      : .notReadable(file: file, reason: String(cString: strerror(code)))
  }
}
