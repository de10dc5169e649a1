import ArgumentParser
import Foundation
import Suites

/// The argument of all commands that read one suite.
struct SuiteArgument: ParsableArguments {
  @Argument(
    help: "A suite file, or the name of a suite that comes with the program ('list suites').",
    completion: Completion.suites)
  var suite: String

  /// The suite, checked.
  func load() throws -> Suite { try Self.load(suite) }

  /// The suite in the file at `path`, or else the shipped one of that name, checked.
  ///
  /// - Throws: `SuiteError`.
  static func load(_ path: String) throws -> Suite {
    let file = UserPath.file(path)
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
    if !exists || isFolder.boolValue, let suite = try ShippedSuites.suite(named: path) {
      return suite
    }
    guard exists else {
      let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      let nearest = nearestName(to: name, among: ShippedSuites.names)
      throw SuiteError.unreadable(
        file: path,
        reason: "there is no such file. "
          + (nearest.map { "Did you mean the suite '\($0)', which comes with the program?" }
            ?? "'metabench list suites' lists the suites that come with the program."))
    }
    return try Suite.load(file, catalog: .standard)
  }
}
