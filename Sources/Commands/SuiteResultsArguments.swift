import ArgumentParser
import Experiments
import Foundation
import Judgements
import Results
import Suites

/// The arguments of commands that judge a suite by its results: a results folder, which keeps its
/// suite, or a suite (a file, or the name of a shipped one).
struct SuiteResultsArguments: ParsableArguments {
  @Argument(
    help: "A results folder, or a suite: its file, or its name if it comes with the program.",
    completion: Completion.suitesAndResults)
  var path: String

  @Option(
    help: ArgumentHelp(
      "The results folder of a suite (default: results/<suite>).", valueName: "dir"),
    completion: .directory)
  var results: String?

  /// Whether `path` is a results folder: any folder, but for one that only has a shipped suite's name.
  var isFolder: Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: UserPath.resolved(path), isDirectory: &isFolder),
      isFolder.boolValue
    else { return false }
    let suite = ResultsFolder(url: UserPath.folder(path)).suiteFile
    return !ShippedSuites.names.contains(path) || FileManager.default.fileExists(atPath: suite.path)
  }

  /// The results that count for the suite, of which there are some.
  ///
  /// - Throws: `CommandError`, and what reading the files throws.
  func load() throws -> CountedResults {
    let (suite, folder) = try locate()
    let results = CountedResults(try folder.records(), of: suite)
    guard !results.records.isEmpty else {
      throw CommandError.noResults(
        in: folder.url.relativePath, leftOver: results.leftOver,
        otherwise: isFolder ? "" : ", or give '--results'")
    }
    return results
  }

  /// The suite, and where its results are or will be.
  ///
  /// - Throws: `CommandError`, `SuiteError`.
  func locate() throws -> (suite: Suite, folder: ResultsFolder) {
    guard isFolder else {
      let suite = try SuiteArgument.load(path)
      return (suite, ResultsFolder(url: Folders.results(results, of: suite)))
    }
    guard results == nil else {
      throw CommandError("'\(path)' is a results folder already. Leave out '--results'.")
    }
    let folder = ResultsFolder(url: UserPath.folder(path))
    guard FileManager.default.fileExists(atPath: folder.suiteFile.path) else {
      throw CommandError(
        "\(path): keeps no suite.yaml, so it is no results folder. Give the suite, and"
          + " '--results \(path)' if its results are there.")
    }
    return (try Suite.load(folder.suiteFile, catalog: .standard), folder)
  }
}
