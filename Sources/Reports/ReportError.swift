/// What can keep a report from being written.
public enum ReportError: Error, Equatable, CustomStringConvertible {
  /// A file or folder of the report cannot be made.
  case notWritable(path: String, reason: String)

  /// A sentence: where, what, and how to mend it.
  public var description: String {
    switch self {
    case .notWritable(let path, let reason):
      "\(path): cannot write the report: \(reason). Choose another folder with '--out'."
    }
  }
}
