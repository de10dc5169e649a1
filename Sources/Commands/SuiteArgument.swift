import ArgumentParser
import Foundation
import Suites

/// The argument of all commands that read one suite file.
struct SuiteArgument: ParsableArguments {
  @Argument(help: "The suite file.")
  var suite: String

  /// The suite, checked.
  func load() throws -> Suite { try Self.load(suite) }

  /// The suite in the file at `path`, checked.
  static func load(_ path: String) throws -> Suite {
    try Suite.load(UserPath.file(path), catalog: .standard)
  }
}
