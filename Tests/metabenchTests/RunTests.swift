import Foundation
import Randomness
import Results
import SystemsSuite
import TemporaryFolders
import Testing

/// The command `run`, as a process of its own: killed, interrupted, and with obstacles.
@Suite(.serialized)
struct RunTests {
  let folder: TemporaryFolder
  let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.url.appendingPathComponent(name))
  }

  private func digests(_ results: String) throws -> [String: String] {
    let url = folder.url.appendingPathComponent(results)
    let records = try ResultsFolder(url: url).records(includingParameters: true)
    return Dictionary(uniqueKeysWithValues: records.map { ($0.cell, $0.digest) })
  }

  @Test func aRunThatIsKilledAtTenRandomMomentsComesToTheSameResults() throws {
    try write(SuiteText.small, to: "small.yaml")
    let start = ContinuousClock.now
    #expect(try program.run("run", "small.yaml", "--results", "undisturbed").code == 0)
    let seconds = (ContinuousClock.now - start) / Duration.seconds(1)
    let expected = try digests("undisturbed")
    #expect(expected.count == 4)

    let moments = RandomStream(seed: 2017).child("kill")
    var (kills, attempts, round) = (0, 0, 0)
    while kills < 10 {
      // A round ends when the run does; the next one begins from nothing.
      let results = "killed-\(round)"
      round += 1
      while true {
        var generator = moments.child("moment", attempts).generator()
        attempts += 1
        try #require(attempts < 200)
        let running = try program.start(
          ["run", "small.yaml", "--results", results, "--checkpoint-every", "0"])
        if kills < 10 {
          Thread.sleep(forTimeInterval: generator.uniform(in: 0.01...0.6) * seconds)
          running.signal(SIGKILL)
        }
        let ending = try running.end()
        if ending.code == -SIGKILL { kills += 1 } else { #expect(ending.code == 0) }
        if ending.code == 0 { break }
      }
      #expect(try digests(results) == expected)
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.url.appendingPathComponent(results).path)
      #expect(names.count { $0.contains("checkpoint") || $0.hasPrefix(".") } == 0)
    }
  }

  /// With one thread, with two, and killed again and again; then through all that reads results.
  @Test func everySystemComesToTheSameResultsThatOtherCommandsTake() throws {
    try write(systemsSuite, to: "systems.yaml")
    #expect(try program.run("run", "systems.yaml", "--results", "one", "--threads", "1").code == 0)
    let expected = try digests("one")
    #expect(expected.count > 25)
    #expect(try program.run("run", "systems.yaml", "--results", "two", "--threads", "2").code == 0)
    #expect(try digests("two") == expected)

    let moments = RandomStream(seed: 2018).child("kill")
    var kills = 0
    for attempt in 0..<60 {
      let running = try program.start(
        ["run", "systems.yaml", "--results", "killed", "--checkpoint-every", "0", "--threads", "\(1 + attempt % 2)"])
      var generator = moments.child("moment", attempt).generator()
      Thread.sleep(forTimeInterval: generator.uniform(in: 0.05...0.25))
      running.signal(SIGKILL)
      guard try running.end().code == -SIGKILL else { break }
      kills += 1
    }
    #expect(try program.run("run", "systems.yaml", "--results", "killed").code == 0)
    #expect(kills >= 5, "\(kills) kills")
    #expect(try digests("killed") == expected)

    for command in [["report", "killed", "--out", "report"], ["claims", "killed"], ["verify", "killed"]] {
      let ending = try program.run(command)
      #expect(ending.code == 0, "\(command): \(ending.output)\(ending.errors)")
    }
    let report = try String(
      contentsOf: folder.url.appendingPathComponent("report/report.md"), encoding: .utf8)
    for name in Set(expected.keys.map { $0.prefix { $0 != "-" } }) { #expect(report.contains(name)) }
  }

  @Test func theNumberOfThreadsDoesNotReachTheDigests() throws {
    try write(SuiteText.small, to: "small.yaml")
    for threads in ["1", "2"] {
      let ending = try program.run(
        "run", "small.yaml", "--results", "threads-\(threads)", "--threads", threads)
      #expect(ending.code == 0)
    }
    func printed(_ results: String) throws -> String {
      try program.run("digest", results).output.replacing(results, with: "results")
    }
    let first = try printed("threads-1")
    #expect(first.split(separator: "\n").count == 5)
    #expect(try printed("threads-2") == first)
  }

  @Test func anInterruptLeavesACheckpointFromWhichItGoesOn() throws {
    try write(SuiteText.long, to: "long.yaml")
    for round in 1...2 {
      let running = try program.start(["run", "long.yaml", "--threads", "1"])
      Thread.sleep(forTimeInterval: 1)
      running.signal(SIGINT)
      let ending = try running.end()
      #expect(ending.code == 3, "round \(round)")
      #expect(ending.output.contains("0 of 1 cells done, 1 without a result: results/long"))
      #expect(ending.errors.contains("Stopping after this iteration"))
    }
    let results = ResultsFolder(url: folder.url.appendingPathComponent("results/long"))
    let names = try FileManager.default.contentsOfDirectory(atPath: results.url.path)
    #expect(names.count { $0.hasSuffix(".checkpoint.h5") } == 1)
    let plan = try program.run("plan", "long.yaml", "--no-timing")
    #expect(plan.output.contains("begun"))
  }

  @Test func theSecondInterruptQuitsAtOnce() throws {
    // An iteration of this cell takes minutes.
    try write(SuiteText.long.replacing("metaBatch: 8", with: "metaBatch: 1000000"), to: "long.yaml")
    let running = try program.start(["run", "long.yaml"])
    Thread.sleep(forTimeInterval: 1)
    running.signal(SIGINT)
    Thread.sleep(forTimeInterval: 0.2)
    running.signal(SIGINT)
    #expect(try running.end().code == 3)
  }

  @Test func startsAtOnceOnOneFolderAllEndWell() throws {
    try write(SuiteText.small, to: "small.yaml")
    for round in 0..<3 {
      let arguments = ["run", "small.yaml", "--results", "together\(round)", "--threads", "1"]
      let running = try (0..<6).map { _ in try program.start(arguments) }
      for one in running {
        let ending = try one.end()
        #expect(ending.code == 0, "\(ending.errors)")
      }
    }
  }

  @Test func cellsAreChosenByTheirValuesAndADryRunOnlyNamesThem() throws {
    try write(SuiteText.failing, to: "failing.yaml")
    let dry = try program.run("run", "failing.yaml", "-n", "-o", "dry", "--only", "algorithm=nearest-neighbor")
    #expect(dry.code == 0)
    #expect(dry.output.hasPrefix("nearest-neighbor") && dry.output.contains("1 of 1 cell would be run: dry"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("dry").path))
    let misspelt = try program.run("run", "failing.yaml", "--only", "algoritm=maml")
    #expect(misspelt.code == 2 && misspelt.errors.contains("Did you mean 'algorithm'?"))
    let incomplete = try program.run("run", "failing.yaml", "--only", "algorithm=")
    #expect(incomplete.code == 2 && incomplete.errors.contains("Write 'key=value'"))
    // Quiet about what goes well, not about what does not.
    let quiet = try program.run("run", "failing.yaml", "--quiet")
    #expect(quiet.output.contains("diverged: the training loss is"))
    #expect(!quiet.output.contains("nearest-neighbor"))
  }

  @Test func aSecondSuiteInAFolderIsRefused() throws {
    try write(SuiteText.small, to: "small.yaml")
    try write(SuiteText.small.replacing("suite: small", with: "suite: other"), to: "other.yaml")
    #expect(try program.run("run", "small.yaml", "--results", "shared").code == 0)
    let ending = try program.run("run", "other.yaml", "--results", "shared")
    #expect(ending.code == 2)
    #expect(ending.errors.contains("holds results of the suite 'small'"))
  }

  @Test func aTerminalThatIsClosedStopsTheRunAsAnInterruptDoes() throws {
    try write(SuiteText.long, to: "long.yaml")
    let running = try program.start(["run", "long.yaml", "--results", "hung-up"])
    Thread.sleep(forTimeInterval: 1)
    running.signal(SIGHUP)
    let ending = try running.end()
    #expect(ending.code == 3)
    #expect(try program.run("status", "hung-up").output.contains("begun"))
  }

  /// A terminal and its shell may both tell that it is closed, and a service manager follows SIGTERM with SIGHUP.
  @Test(arguments: [[SIGTERM, SIGHUP, SIGHUP], [SIGHUP, SIGHUP], [SIGHUP, SIGTERM]])
  func signalsOfOneEndDoNotQuitAtOnce(_ signals: [Int32]) throws {
    try write(SuiteText.long, to: "long.yaml")
    let running = try program.start(["run", "long.yaml", "--results", "ended"])
    Thread.sleep(forTimeInterval: 1)
    signals.forEach(running.signal)
    #expect(try running.end().code == 3)
    #expect(try program.run("status", "ended").output.contains("begun"))
  }

  @Test func aFailedCellIsToldAndFailsTheRun() throws {
    try write(SuiteText.failing, to: "failing.yaml")
    let ending = try program.run("run", "failing.yaml")
    #expect(ending.code == 1)
    #expect(ending.output.contains("diverged: the training loss is"))
    #expect(ending.output.contains("1 of 2 cells done, 1 failed or diverged: results/failing"))
    #expect(try program.run("run", "failing.yaml").code == 1)
    #expect(try program.run("run", "failing.yaml", "--only", "nearest*").code == 0)
  }

  @Test func aLogHasFewLines() throws {
    try write(SuiteText.small, to: "small.yaml")
    let start = ContinuousClock.now
    let ending = try program.run("run", "small.yaml")
    let seconds = (ContinuousClock.now - start) / Duration.seconds(1)
    let lines = ending.output.split(separator: "\n").count
    #expect(Double(lines) <= 2 + seconds / 3)
  }

  @Test func memoryIsFlatOverThousandsOfSecondOrderTasks() throws {
    try write(SuiteText.secondOrder, to: "second-order.yaml")
    let running = try program.start(
      ["run", "second-order.yaml", "--threads", "1", "--checkpoint-every", "0.05"])
    defer { running.signal(SIGKILL) }
    let results = folder.url.appendingPathComponent("results/second-order")
    /// The resident memory when at least so many tasks have been learned from, four per iteration.
    func resident(after tasks: Int) throws -> Double {
      for _ in 0..<10_000 {
        let names = try? FileManager.default.contentsOfDirectory(atPath: results.path)
        if let name = names?.first(where: { $0.hasSuffix(".checkpoint.h5") && $0.first != "." }),
          try 4 * Checkpoint.read(results.appendingPathComponent(name)).iteration >= tasks
        {
          return Double(try #require(running.residentKilobytes))
        }
        usleep(5000)
      }
      throw CancellationError()
    }
    let few = try resident(after: 1000)
    let many = try resident(after: 9000)
    print("resident memory: after 1000 tasks \(few) kB, after 9000 tasks \(many) kB")
    // A task's smallest gradient of a convolution, kept, would be 2.3 kB; a block that is taken once
    // and used from then on is no leak.
    #expect((many - few) / 8000 < 0.5, "1000 tasks: \(few) kB, 9000 tasks: \(many) kB")
    running.signal(SIGKILL)
    _ = try running.end()
  }
}
