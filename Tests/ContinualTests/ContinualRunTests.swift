import Continual
import Episodes
import Foundation
import Kinds
import Measures
import Randomness
import Testing

/// The kind as the program sees it: plans, units and their archives.
@Suite struct ContinualRunTests {
  /// A cell on generated digits, with other values than the standard where they are named.
  func plan(_ system: String, _ changes: [String: SettingValue] = [:]) throws -> CellPlan {
    let kind = RegisteredKind(Continual.self, systems: Continual.systems)
    let registered = try #require(kind.system(named: system))
    let dataset = try #require(Datasets.named("digits"))
    var values: [String: SettingValue] = [
      "axes.tasks": .integer(3), "train.images": .integer(100), "train.epochs": .integer(2),
      "train.width": .integer(20), "test.images": .integer(50), "test.everyEpoch": .flag(true),
      "test.fisherOverlap": .text("exact"),
    ]
    values.merge(changes) { $1 }
    func settings(_ section: String, _ descriptions: [SettingDescription]) -> Settings {
      var settings = Settings(descriptions)
      for (path, value) in values where path.hasPrefix(section + ".") {
        settings.set(String(path.dropFirst(section.count + 1)), to: value)
      }
      return settings
    }
    return try registered.plan(
      CellValues(
        system: system, dataset: dataset, split: dataset.splits[0],
        axes: settings("axes", kind.description.axes(dataset)),
        training: settings("train", kind.description.training),
        testing: settings("test", kind.description.testing),
        settings: settings("settings", try #require(registered.settings(dataset))),
        given: Set(values.keys)))
  }

  func context() -> RunContext {
    let root = RandomStream(seed: 1)
    return RunContext(
      source: {
        try Datasets.open(
          "digits", split: "standard", part: $0, data: URL(fileURLWithPath: "/nonexistent"))
      },
      unit: { root.child("unit \($1)", $0) }, unitNoise: { root.child("unit noise \($1)", $0) },
      weights: root.child("weights"), order: root.child("order"), noise: root.child("noise"))
  }

  /// A unit from its beginning to its end, archived and read again after every so many steps.
  func outcome(
    _ run: some CellRun, unit: Int = 0, of part: Part = .test, archivingEvery steps: Int? = nil
  ) throws -> UnitOutcome {
    let learned = run.begin()
    var state = try run.begin(unit: unit, of: part, with: learned)
    for step in 1...run.stepsPerUnit {
      if let outcome = try run.advance(&state, with: learned) {
        #expect(step == run.stepsPerUnit)
        return outcome
      }
      if let steps, step % steps == 0 {
        state = try #require(run.unitState(from: run.archive(state)))
      }
    }
    Issue.record("a unit has more steps than it says")
    throw CancellationError()
  }

  @Test(arguments: ["sgd", "l2", "dropout", "ewc", "single-task"])
  func aUnitThatWasArchivedAnywhereGivesTheSame(_ system: String) throws {
    let run = try plan(system).run(in: context())
    #expect(run.stepsPerUnit == 6)
    let undisturbed = try outcome(run)
    for steps in [1, 3] {
      let archived = try outcome(run, archivingEvery: steps)
      #expect(archived.rows == undisturbed.rows && archived.digest == undisturbed.digest)
    }
    #expect(undisturbed.digest == (try run.digest(ofUnit: 0, of: .test)))
    #expect(undisturbed.rows.map(\.metric) == (try plan(system)).metrics)
  }

  @Test func theOutcomesBelongTogether() throws {
    let rows = try outcome(plan("ewc").run(in: context())).rows
    func row(_ name: String) throws -> OutcomeArray {
      try #require(rows.first { $0.metric.name == name })
    }
    func value(_ name: String, _ at: [String: Double]) throws -> Double {
      try #require(try row(name).values(by: Measure(outcome: name, at: at))?.first)
    }
    #expect(rows[0].metric.name == "average-accuracy")
    #expect(rows.map(\.values.count) == [3, 12, 2, 2, 2, 2, 18, 3])
    let last = try (1...3).map { try value("accuracy", ["learned": 3, "tested": Double($0)]) }
    #expect(try abs(value("average-accuracy", ["learned": 3]) - last.reduce(0, +) / 3) < 1e-12)
    // The last epoch of a task is where its row is taken.
    #expect(
      try value("epoch-accuracy", ["epoch": 4, "tested": 1])
        == value("accuracy", ["learned": 2, "tested": 1]))
    let lost = try value("accuracy", ["learned": 1, "tested": 1]) - last[0]
    #expect(try abs(value("first-task-forgetting", ["learned": 3]) - lost) < 1e-12)
    #expect(try row("fisher-overlap").values.allSatisfy { 0 < $0 && $0 < 1 })
  }

  @Test func unitsPartsAndRegionsAreOtherTasksAndSystemsAreNot() throws {
    let (sgd, ewc) = (try plan("sgd").run(in: context()), try plan("ewc").run(in: context()))
    let small = try plan("sgd", ["axes.region": .integer(8)]).run(in: context())
    #expect(try sgd.digest(ofUnit: 1, of: .test) == ewc.digest(ofUnit: 1, of: .test))
    let digests = try [
      sgd.digest(ofUnit: 0, of: .test), sgd.digest(ofUnit: 1, of: .test),
      sgd.digest(ofUnit: 0, of: .validation), small.digest(ofUnit: 0, of: .test),
    ]
    #expect(Set(digests).count == 4)
    let (first, second) = (try outcome(sgd, unit: 0), try outcome(sgd, unit: 1))
    #expect(first.rows != second.rows)
    let validation = try outcome(sgd, of: .validation)
    #expect(validation.rows[0].values.count == 3)
  }

  @Test func anArchiveOfAnotherNetworkOrNumberOfTasksIsRefused() throws {
    func state(of run: some CellRun) throws -> Archive {
      run.archive(try run.begin(unit: 0, of: .test, with: run.begin()))
    }
    func takes(_ run: some CellRun, _ archive: Archive) -> Bool {
      run.unitState(from: archive) != nil
    }
    let run = try plan("ewc").run(in: context())
    let archive = try state(of: run)
    let wider = try plan("ewc", ["train.width": .integer(21)]).run(in: context())
    let longer = try plan("ewc", ["axes.tasks": .integer(4)]).run(in: context())
    let taken = [
      takes(run, archive), takes(wider, archive), takes(longer, archive), takes(run, Archive()),
    ]
    #expect(taken == [true, false, false, false])
  }

  @Test func impossibleCellsAreRefusedWithTheValueToBlame() {
    func refused(_ path: String, _ value: SettingValue, system: String = "sgd") -> PlanError? {
      #expect(throws: PlanError.self) { try plan(system, [path: value]) }
    }
    let images = refused("train.images", .integer(2001))
    #expect(images?.paths == ["train.images"])
    #expect("\(images!.fault)".contains("Set it to at most 2000"))
    #expect(refused("test.images", .integer(1001))?.paths == ["test.images"])
    #expect(refused("axes.region", .integer(29))?.paths == ["region"])
    let nothing = refused("settings.hiddenDropout", .number(1), system: "dropout")
    #expect(nothing?.paths == ["settings.inputDropout", "settings.hiddenDropout"])
  }

  @Test func aDivergenceSaysWhere() throws {
    let run = try plan("ewc", ["settings.lambda": .number(1e9)]).run(in: context())
    let divergence = #expect(throws: Divergence.self) { _ = try outcome(run) }
    #expect(divergence!.place.contains("of task 2"))
  }
}
