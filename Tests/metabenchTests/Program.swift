import Foundation

/// The built program, run as a user would run it.
struct Program {
  /// How a run of the program ended.
  struct Ending {
    /// The exit code; minus the signal's number if a signal ended it.
    let code: Int32
    let output: String
    let errors: String
  }

  /// A run of the program that is under way.
  struct Running {
    fileprivate let pid: pid_t
    fileprivate let output: URL
    fileprivate let errors: URL

    func signal(_ number: Int32) { kill(pid, number) }

    /// Waits for the end; kills a program that has not ended after two minutes.
    func end() throws -> Ending {
      let start = ContinuousClock.now
      var status: Int32 = 0
      while waitpid(pid, &status, WNOHANG) == 0 {
        usleep(5000)
        if ContinuousClock.now - start > .seconds(120) { kill(pid, SIGKILL) }
      }
      let number = status & 0x7f
      let ending = Ending(
        code: number == 0 ? (status >> 8) & 0xff : -number,
        output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
      try FileManager.default.removeItem(at: output)
      try FileManager.default.removeItem(at: errors)
      return ending
    }

    /// The resident memory that is its own now, without pages of files; nil if it has ended.
    var residentKilobytes: Int? {
      let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
      let line = text?.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
      return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
  }

  /// Where the program works, and where its imported datasets would be.
  let folder: URL

  /// Its name: `metabench`, or a program that adds systems to it.
  var name = "metabench"

  /// The program's file, if it is a copy that lies elsewhere.
  var copy: URL?

  /// Variables of the environment beside the usual ones.
  var environment: [String: String] = [:]

  /// The program lies beside the tests.
  var path: String {
    if let copy { return copy.path }
    return Self.built(name)
  }

  private static func built(_ name: String) -> String {
    URL(
      fileURLWithPath: try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    ).deletingLastPathComponent().appendingPathComponent(name).path
  }

  /// Runs the program to its end.
  func run(_ arguments: String...) throws -> Ending { try start(arguments).end() }

  /// Runs the program to its end.
  func run(_ arguments: [String]) throws -> Ending { try start(arguments).end() }

  /// Starts the program.
  func start(_ arguments: [String]) throws -> Running { try startProcess([path] + arguments) }

  /// Runs a command of the shell to its end; `$PROGRAM` is the program.
  func shell(_ command: String) throws -> Ending {
    try startProcess(["PROGRAM=\(path)", "bash", "-c", command]).end()
  }

  private func startProcess(_ words: [String]) throws -> Running {
    let unique = UUID().uuidString
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("\(unique).out")
    let errors = FileManager.default.temporaryDirectory.appendingPathComponent("\(unique).err")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors.path, O_WRONLY | O_CREAT, 0o600)
    let environment = [
      "PATH=\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")",
      "HOME=\(folder.path)", "METABENCH_DATA=\(folder.path)/data", "LC_ALL=C.UTF-8",
    ] + environment.map { "\($0.key)=\($0.value)" }
    var pid: pid_t = 0
    let env = "/usr/bin/env"
    let code = withStrings([env, "-C", folder.path] + words) { arguments in
      withStrings(environment) { environment in
        posix_spawn(&pid, env, &actions, nil, arguments, environment)
      }
    }
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
    return Running(pid: pid, output: output, errors: errors)
  }

  private func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
