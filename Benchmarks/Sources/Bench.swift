import ArgumentParser
import Foundation
import Tensors

/// `make bench`: the throughput of what users wait for, beside the machine's limit and the peers'.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Times MetaBench's hot loops against the machine's limit and against PyTorch and JAX.",
    discussion: """
      Every round runs each workload in a process of its own, then the peer, in turn; figures are \
      medians over rounds. Set PEER_PYTHON to a Python that has torch and jax to run the peers.
      """)

  @Option(help: "Only workloads whose name begins so.")
  var only: String = ""
  @Option(help: "Seconds of each run.")
  var seconds: Double = 6
  @Option(help: "Rounds of runs in turn.")
  var rounds: Int = 3
  @Option(help: "Threads (default: all processors).")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "Time one thread as well.")
  var scaling = false
  @Option(help: ArgumentHelp("Write the table as CSV, too.", valueName: "file"))
  var csv: String?
  @Option(help: ArgumentHelp("Run one workload in this process and print its throughput.", visibility: .hidden))
  var workload: String?
  @Flag(help: ArgumentHelp("Print the rate of sgemm.", visibility: .hidden))
  var limit = false

  func run() throws {
    Workers.threads = threads
    if limit { return try printLimit() }
    if let workload { return try printRate(of: workload) }
    let workloads = Workload.all.filter { $0.name.hasPrefix(only) }
    guard !workloads.isEmpty else { throw BenchmarkError.unknownWorkload(only) }
    let table = BenchmarkTable(measurements: try workloads.map(measure), threads: threads)
    print(table.text)
    if let csv { try table.csv.write(toFile: csv, atomically: true, encoding: .utf8) }
  }

  private func measure(_ workload: Workload) throws -> Measurement {
    var measurement = Measurement(workload: workload)
    let own = [
      CommandLine.arguments[0], "--workload", workload.name, "--seconds", "\(seconds)", "--threads",
    ]
    for round in 1...max(1, rounds) {
      FileHandle.standardError.write(
        Data("\(workload.title): round \(round) of \(rounds)\n".utf8))
      let limit = try Child([CommandLine.arguments[0], "--limit", "--threads", "\(threads)"])
      measurement.limits.append(try limit.rate(of: ["GFLOP"]) * 1e9)
      let ours = try Child(own + ["\(threads)"])
      measurement.rates.append(try ours.rate(of: [workload.unit.rawValue]))
      measurement.peakBytes = max(measurement.peakBytes, ours.peakBytes)
      if scaling {
        measurement.singleRates.append(try Child(own + ["1"]).rate(of: [workload.unit.rawValue]))
      }
      if let python = ProcessInfo.processInfo.environment["PEER_PYTHON"] {
        try addPeer(workload, python, to: &measurement)
      }
    }
    return measurement
  }

  /// The fastest of a workload's peers counts, and only its memory.
  private func addPeer(_ workload: Workload, _ python: String, to measurement: inout Measurement) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("peers").path
    var best = (rate: 0.0, bytes: 0)
    for peer in workload.peers {
      let arguments = peer.map { $0 == "SECONDS" ? "\(Int(seconds.rounded(.up)))" : $0 }
      let child = try Child([python, "\(folder)/\(arguments[0])"] + arguments.dropFirst())
      let unit = workload.unit.rawValue
      // A peer that tells images beside episodes: the unit decides which of the two is meant.
      let rate = try child.rate(of: [unit])
      if rate > best.rate { best = (rate, child.peakBytes) }
    }
    measurement.peerRates.append(best.rate)
    measurement.peerBytes = max(measurement.peerBytes, best.bytes)
  }

  private func printRate(of name: String) throws {
    guard let workload = Workload.all.first(where: { $0.name == name }) else {
      throw BenchmarkError.unknownWorkload(name)
    }
    let iterate = try workload.start()
    var iteration = 0
    func run(for time: Double) -> Double {
      let start = ContinuousClock.now
      let first = iteration
      while true {
        iterate(iteration)
        iteration += 1
        let passed = ContinuousClock.now - start
        let elapsed = Double(passed.components.seconds) + Double(passed.components.attoseconds) * 1e-18
        if elapsed >= time { return Double((iteration - first) * workload.unitsPerIteration) / elapsed }
      }
    }
    _ = run(for: min(1, seconds / 4))
    print("\(run(for: seconds)) \(workload.unit)/s")
  }

  /// Large square products, one in each thread at the same time.
  private func printLimit() throws {
    try BLAS.load()
    let (side, repeats) = (768, 40)
    let blocks = (0..<threads).map { _ in [Float](repeating: 1, count: 2 * side * side) }
    let clock = ContinuousClock()
    let best = (0..<3).map { _ in
      let time = clock.measure {
        _ = Workers.map(threads) { thread in
          var out = [Float](repeating: 0, count: side * side)
          for _ in 0..<repeats { BLAS.square(side, blocks[thread], &out) }
          return out[0]
        }
      }
      return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    }.min()!
    let rate = 2e-9 * Double(side * side * side * repeats * threads) / best
    print("\(rate) GFLOP/s (\(BLAS.kernels))")
  }
}
