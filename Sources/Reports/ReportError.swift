/// What can keep a report from being written.
public enum ReportError: Error, Equatable, CustomStringConvertible {
  case notWritable(path: String, reason: String)
  case foreignResults(suite: String, found: String)

  public var description: String {
    switch self {
    case .notWritable(let path, let reason):
      "\(path): cannot write the report: \(reason). Choose another folder with '--out'."
    case .foreignResults(let suite, let found):
      "none of the results belongs to the suite '\(suite)': they were made by '\(found)'. "
        + "Give the suite file that made them."
    }
  }
}
