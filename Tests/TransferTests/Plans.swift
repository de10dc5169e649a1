import Episodes
import Foundation
import Kinds
import Measures
import Randomness
import Testing

import Transfer

/// Small cells and what they are run with.
enum Plans {
  /// A cell on generated classes, with other values than these where they are named.
  static func values(
    _ system: String, on name: String = "gaussians", _ changes: [String: SettingValue] = [:], tuned: Bool = false
  ) throws -> CellValues {
    let kind = RegisteredKind(Transfer.self, systems: Transfer.systems)
    let registered = try #require(kind.system(named: system))
    let dataset = try #require(Datasets.named(name))
    var values: [String: SettingValue] = [
      "axes.target": .integer(8), "train.sourceClasses": .integer(12), "train.iterations": .integer(20),
      "train.groups": .integer(4), "test.steps": .integer(40), "test.every": .integer(15),
    ]
    values.merge(changes) { $1 }
    func settings(_ section: String, _ descriptions: [SettingDescription]) -> Settings {
      var settings = Settings(descriptions)
      for (path, value) in values where path.hasPrefix(section + ".") {
        settings.set(String(path.dropFirst(section.count + 1)), to: value)
      }
      return settings
    }
    return CellValues(
      system: system, dataset: dataset, split: dataset.splits[0],
      axes: settings("axes", kind.description.axes(dataset)),
      training: settings("train", kind.description.training),
      testing: settings("test", kind.description.testing),
      settings: settings("settings", try #require(registered.settings(dataset))),
      given: Set(values.keys), isTuned: tuned)
  }

  static func learner(_ values: CellValues) throws -> TransferLearner {
    TransferLearner(values.settings, try Transfer(values), isPretrained: values.system == "transfer")
  }

  static func run(_ values: CellValues) throws -> TransferRun {
    try TransferRun(learner(values), Transfer(values), in: context(on: values.dataset.name))
  }

  static func context(on dataset: String = "gaussians") -> RunContext {
    let root = RandomStream(seed: 1)
    return RunContext(
      source: {
        try Datasets.open(dataset, split: "standard", part: $0, data: URL(fileURLWithPath: "/nonexistent"))
      },
      unit: { root.child("unit \($1)", $0) }, unitNoise: { root.child("unit noise \($1)", $0) },
      weights: root.child("weights"), order: root.child("order"), noise: root.child("noise"))
  }

  /// A unit from its beginning to its end, archived and read again after every so many steps, and where it
  /// ended.
  static func unit(
    _ run: TransferRun, _ unit: Int = 0, with learned: LearnerState, archivingEvery steps: Int? = nil
  ) throws -> (outcome: UnitOutcome, end: TransferProgress) {
    var progress = run.begin(unit: unit, of: .test, with: learned)
    for step in 1...run.stepsPerUnit {
      if let outcome = try run.advance(&progress, with: learned) {
        #expect(step == run.stepsPerUnit)
        return (outcome, progress)
      }
      if let steps, step % steps == 0 { progress = try #require(run.unitState(from: run.archive(progress))) }
    }
    Issue.record("a unit has more steps than it says")
    throw CancellationError()
  }

  /// What is learned after so many iterations.
  static func learned(_ run: TransferRun, iterations: Int = 20) -> LearnerState {
    var learned = run.begin()
    for iteration in 0..<iterations { _ = run.train(&learned, iteration: iteration) }
    return learned
  }
}
