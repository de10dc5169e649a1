import Foundation

/// A program that was run to its end: what it printed, and the most memory that it held.
struct Child {
  let output: String
  let peakBytes: Int

  /// Runs `arguments`, the first of which is the program's path.
  ///
  /// - Throws: ``BenchmarkError/childFailed(command:output:)``.
  init(_ arguments: [String]) throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    var words = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    posix_spawn_file_actions_destroy(&actions)
    close(ends[1])
    let reader = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    output = String(decoding: reader.readDataToEndOfFile(), as: UTF8.self)
    var status: Int32 = -1
    var usage = rusage()
    if failure == 0 { wait4(process, &status, 0, &usage) }
    peakBytes = usage.ru_maxrss * 1024
    guard failure == 0, status == 0 else {
      throw BenchmarkError.childFailed(
        command: arguments.joined(separator: " "),
        output: failure == 0 ? output : String(cString: strerror(failure)))
    }
  }

  /// The first number that stands before one of `units`, as in "81.6 tasks/s".
  func rate(of units: [String]) throws -> Double {
    let words = output.split(whereSeparator: \.isWhitespace)
    for (number, unit) in zip(words, words.dropFirst()) {
      if units.contains(where: { unit.hasPrefix("\($0)/s") }),
        let rate = Double(number.drop { !$0.isNumber })
      {
        return rate
      }
    }
    throw BenchmarkError.noRate(output: output)
  }
}

/// What can go wrong between the programs that are timed.
enum BenchmarkError: Error, CustomStringConvertible {
  case childFailed(command: String, output: String)
  case noRate(output: String)
  case unknownWorkload(String)

  var description: String {
    switch self {
    case .childFailed(let command, let output): "'\(command)' failed: \(output)"
    case .noRate(let output): "no throughput was printed, only: \(output)"
    case .unknownWorkload(let name):
      "there is no workload '\(name)'. There are: \(Workload.all.map(\.name).joined(separator: ", "))."
    }
  }
}
