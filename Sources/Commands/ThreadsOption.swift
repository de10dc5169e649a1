import ArgumentParser
import Foundation
import Tensors

/// The option of all commands that compute.
struct ThreadsOption: ParsableArguments {
  @Option(
    name: .customLong("threads"),
    help: ArgumentHelp(
      "Threads; they change no result (default: all processors).", valueName: "n"))
  var count: Int?

  func validate() throws {
    if let count, count < 1 { throw ValidationError("'--threads' must be at least 1.") }
  }

  /// How many there are to be.
  var number: Int { count ?? ProcessInfo.processInfo.activeProcessorCount }

  /// Sets the number of threads.
  func start() { Workers.threads = number }
}
