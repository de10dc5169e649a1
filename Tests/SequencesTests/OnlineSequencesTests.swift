import Episodes
import Foundation
import Kinds
import Measures
import Randomness
import Sequences
import Tensors
import Testing

/// The kind as the program sees it: plans, refusals, and cells that run.
struct OnlineSequencesTests {
  private func plan(
    _ system: String = "black-box", on dataset: String = "gaussians", classes: Int = 2,
    showings: Int = 3, validateEvery: Int = 0
  ) throws -> CellPlan {
    try Samples.plan(
      Samples.kind.system(named: system)!, on: dataset, classes: classes, showings: showings,
      validateEvery: validateEvery)
  }

  /// The outcomes of four test sequences after five iterations, and the loss of each of those.
  private func outcomes(of run: some CellRun) throws -> (losses: [Double], units: [UnitOutcome]) {
    var learned = run.begin()
    let losses = try (0..<5).map { try run.train(&learned, iteration: $0) }
    let units = try (0..<4).map { unit in
      var state = try run.begin(unit: unit, of: .test, with: learned)
      return try run.advance(&state, with: learned)!
    }
    return (losses, units)
  }

  @Test func accuracyStandsByShowing() throws {
    let plan = try plan()
    #expect(plan.metrics == [.accuracy] && plan.kind.slug == "2classes-3showings")
    #expect(plan.effort.units == 4 && plan.effort.unitsPerIteration == 3)
    let (losses, units) = try outcomes(of: plan.run(in: Samples.context(Samples.clouds)))
    #expect(losses.allSatisfy { $0.isFinite && $0 > 0 })
    for unit in units {
      #expect(unit.rows[0].axes == [OutcomeAxis("showing", 1...3)])
      #expect(unit.rows[0].values.allSatisfy { [0, 0.5, 1].contains($0) })
    }
    #expect(Set(units.map(\.digest)).count == 4)
  }

  @Test func errorsStandByPosition() throws {
    let plan = try plan(on: "sinusoid", classes: 1, showings: 6)
    #expect(plan.metrics == [.loss] && plan.kind.slug == "6points")
    let units = try outcomes(of: plan.run(in: Samples.context(Samples.waves))).units
    #expect(units[0].rows[0].axes == [OutcomeAxis("position", 1...6)])
  }

  @Test func allSystemsSeeTheSameSequences() throws {
    let digests = try ["black-box", "counting"].map { name in
      let run = try plan(name).run(in: Samples.context(Samples.clouds))
      let digests = try (0..<4).map { try run.digest(ofUnit: $0, of: .test) }
      #expect(try outcomes(of: run).units.map(\.digest) == digests)
      return digests
    }
    #expect(digests[0] == digests[1])
  }

  @Test func controlsAreNotTrained() throws {
    for (system, dataset, classes) in [("counting", "gaussians", 2), ("running-mean", "sinusoid", 1)] {
      let plan = try plan(system, on: dataset, classes: classes)
      #expect(!plan.isTrained && plan.variesBy == .nothing)
      #expect(plan.examplesNeeded[.train] == 0 && plan.examplesNeeded[.test] == 3)
    }
    #expect(Samples.kind.system(named: "counting")!.settings(Datasets.named("sinusoid")!) == nil)
    #expect(Samples.kind.system(named: "running-mean")!.settings(Datasets.named("strokes")!) == nil)
  }

  @Test func sequencesThatCannotBeAreRefused() {
    func fault(_ body: () throws -> CellPlan) -> String {
      do {
        _ = try body()
        return "none"
      } catch let error as PlanError {
        guard case .impossible(let sentence) = error.fault else { return "\(error.fault)" }
        return "\(error.paths[0]): \(sentence)"
      } catch { return "\(error)" }
    }
    #expect(
      fault { try plan(on: "strokes", showings: 21) }
        == "showings: 21 showings need as many examples of a class, but classes of strokes, split "
        + "'standard', have 20. Lower 'showings' to at most 20.")
    #expect(
      fault { try plan(on: "strokes", classes: 300, validateEvery: 1) }
        == "classes: a sequence has 300 classes, but the validation part of strokes, split 'standard', "
        + "has 200. Lower 'classes', or choose another split.")
    #expect(fault { try plan(on: "strokes", classes: 300) } == "none")
    #expect(fault { try plan(on: "sinusoid", classes: 2) }.hasPrefix("classes: sinusoid is regression"))
  }

  /// Every generated dataset that gives episodes gives sequences, without a line of code of its own.
  @Test(arguments: Datasets.all.filter { !$0.needsImport && $0.provides.contains(.episodes) }.map(\.name))
  func everyGeneratedDatasetGivesSequences(_ name: String) throws {
    let dataset = Datasets.named(name)!
    let source = try Datasets.open(
      name, split: dataset.splits[0].name, part: .validation, data: .temporaryDirectory)
    // Cast outside of the macro, which would print all pixels.
    let episodes = source as? any EpisodeSource
    let system = dataset.isRegression ? "running-mean" : "counting"
    let run = try plan(system, on: name, classes: dataset.isRegression ? 1 : 2)
      .run(in: Samples.context(#require(episodes)))
    #expect(try outcomes(of: run).units.count == 4)
  }
}
