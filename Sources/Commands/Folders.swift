import ArgumentParser
import Foundation
import Suites

/// Where data, results and reports are, unless the user says otherwise.
enum Folders {
  /// `--data`, else the environment's METABENCH_DATA, else `~/.cache/metabench`.
  static func data(_ given: String?) -> URL {
    if let path = given ?? ProcessInfo.processInfo.environment["METABENCH_DATA"], !path.isEmpty {
      return UserPath.folder(path)
    }
    return FileManager.default.homeDirectoryForCurrentUser
      .appendingPathComponent(".cache/metabench", isDirectory: true)
  }

  /// `--results`, else `results/<suite>`.
  static func results(_ given: String?, of suite: Suite) -> URL {
    UserPath.folder(given ?? "results/\(suite.name)")
  }

  /// `--out`, else `reports/<suite>`.
  static func report(_ given: String?, of suite: Suite) -> URL {
    UserPath.folder(given ?? "reports/\(suite.name)")
  }
}

/// The option of all commands that read imported datasets.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "The data directory (default: METABENCH_DATA, else ~/.cache/metabench).", valueName: "dir"),
    completion: .directory)
  var path: String?

  var folder: URL { Folders.data(path) }
}
