import Suites

/// What only the command line can find wrong; the sentence says how to go on.
struct CommandError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// What may have been meant by a name that there is not, or else what to do.
  static func hint(_ name: String, among known: [String], otherwise advice: String) -> String {
    nearestName(to: name, among: known).map { "Did you mean '\($0)'?" } ?? advice
  }

  /// That none of a folder's results count.
  ///
  /// - Parameters:
  ///   - leftOver: The ids of those that do not.
  ///   - advice: What else than running the suite may help where there are none at all.
  static func noResults(
    in folder: String, leftOver: [String] = [], otherwise advice: String = ""
  ) -> CommandError {
    let run = "Run the suite first: 'metabench run'"
    return CommandError(
      leftOver.isEmpty
        ? "\(folder): holds no results. \(run)\(advice)."
        : leftOverText(leftOver, in: folder) + " There are no others. \(run).")
  }
}
