import ArgumentParser
import Foundation
import Suites

/// The exit codes of all commands, and how errors come to them.
enum Outcome {
  static let done = ExitCode(0)
  /// A check failed: cells failed or diverged, a suite is not valid.
  static let checkFailed = ExitCode(1)
  /// Wrong usage or input.
  static let wrongUsage = ExitCode(2)
  /// The run was stopped, or the disk refused to take more.
  static let incomplete = ExitCode(3)
  /// Whoever read the output closed it: what a shell tells of programs that SIGPIPE ends.
  static let closedPipe = ExitCode(128 + SIGPIPE)

  /// Says what went wrong on the standard error, or gives the help that was asked for, and ends.
  static func exit(with error: any Error) -> Never {
    if let code = error as? ExitCode { exit(code) }
    switch MetaBenchCommand.exitCode(for: error) {
    case .success:
      write(MetaBenchCommand.fullMessage(for: error))
      exit(done)
    case .validationFailure:
      // The parser's own: its message tells the usage as well.
      write(MetaBenchCommand.fullMessage(for: error), to: .standardError)
    default:
      let all: [any Error] = (error as? SuiteMistakes)?.all ?? [error]
      for error in all { write("Error: \(error)", to: .standardError) }
    }
    exit(wrongUsage)
  }

  /// Ends the program: not as if all were done where something could not be written to the standard
  /// output. That is said, unless its reader only wanted no more of it, as `head` does.
  static func exit(_ code: ExitCode) -> Never {
    guard let failure = StandardOutput.failure() else { Foundation.exit(code.rawValue) }
    if failure != EPIPE {
      write(
        "Error: the standard output cannot be written (\(String(cString: strerror(failure)))), so what"
          + " is there is not all. Free some space, or write to another place.", to: .standardError)
    }
    Foundation.exit((code == done ? failure == EPIPE ? closedPipe : wrongUsage : code).rawValue)
  }

  /// Where lines go.
  enum Stream { case standardOutput, standardError }

  /// Writes a line at once.
  static func write(_ line: String, to stream: Stream = .standardOutput) {
    switch stream {
    case .standardOutput: StandardOutput.write(line + "\n")
    // There is nowhere to say that this failed.
    case .standardError: try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
  }
}
