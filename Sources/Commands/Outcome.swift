import ArgumentParser
import Foundation

/// The exit codes of all commands, and how errors come to them.
enum Outcome {
  static let done = ExitCode(0)
  /// A check failed: cells failed or diverged, a suite is not valid.
  static let checkFailed = ExitCode(1)
  /// Wrong usage or input.
  static let wrongUsage = ExitCode(2)
  /// The run was stopped, or the disk refused to take more.
  static let incomplete = ExitCode(3)

  /// Says what went wrong on the standard error, or gives the help that was asked for, and ends.
  static func exit(with error: any Error) -> Never {
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    switch MetaBenchCommand.exitCode(for: error) {
    case .success:
      write(MetaBenchCommand.fullMessage(for: error))
      Foundation.exit(done.rawValue)
    case .validationFailure:
      // The parser's own: its message tells the usage as well.
      write(MetaBenchCommand.fullMessage(for: error), to: .standardError)
    default:
      write("Error: \(error)", to: .standardError)
    }
    Foundation.exit(wrongUsage.rawValue)
  }

  /// Writes a line at once.
  static func write(_ line: String, to file: FileHandle = .standardOutput) {
    try? file.write(contentsOf: Data((line + "\n").utf8))
  }
}
