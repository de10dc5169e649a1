import Storage

/// What can be wrong with a stored result; what can be wrong with any file is a `StorageError`.
public enum ResultsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An HDF5 file, but not one of the kind that is wanted.
  case foreign(file: String, wanted: String)
  /// The file was written by a later version of the program.
  case newer(file: String, schema: Int, known: Int)
  /// The parts of the file do not fit each other, or not the digest that it carries.
  case inconsistent(file: String, reason: String)
  /// A number of the file is none that can stand there.
  case outOfRange(file: String, name: String, found: String, expected: String)
  /// The file holds another cell than its name says.
  case otherCell(file: String, expected: String, found: String)
  /// A finished result with other numbers is there already.
  case exists(file: String)

  public var description: String {
    switch self {
    case .foreign(let file, let wanted):
      "\(file): is an HDF5 file, but not a \(wanted) of MetaBench. Move it out of the results"
        + " folder, or give the path of another file."
    case .newer(let file, let schema, let known):
      "\(file): was written by a later version (schema \(schema); this program knows up to"
        + " \(known)). Use that version."
    case .inconsistent(let file, let reason):
      "\(file): is damaged (\(reason)). Delete it and run its suite again."
    case .outOfRange(let file, let name, let found, let expected):
      "\(file): is damaged ('\(name)' holds \(found) where \(expected) are expected). Delete it and run its suite again."
    case .otherCell(let file, let expected, let found):
      "\(file): holds cell '\(found)' where '\(expected)' is expected. Give it back its name, or"
        + " delete it and run its suite again."
    case .exists(let file):
      "\(file): holds a finished result with other numbers; it was not replaced. Move it away if"
        + " it is to be made again, or raise the version of the suite."
    }
  }
}
