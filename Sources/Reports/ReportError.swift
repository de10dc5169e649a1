/// What can keep a report from being written.
public enum ReportError: Error, Equatable, CustomStringConvertible {
  /// A file or folder of the report cannot be made.
  case notWritable(path: String, reason: String)
  /// A file that no report wrote stands where one of the report's belongs.
  case notOurs(path: String)

  /// A sentence: where, what, and how to mend it.
  public var description: String {
    switch self {
    case .notWritable(let path, let reason):
      "\(path): cannot write the report: \(reason). Choose another folder with '--out'."
    case .notOurs(let path):
      "\(path): was not written by a report, so it is not overwritten. Move it away, or choose "
        + "another folder with '--out'."
    }
  }
}
