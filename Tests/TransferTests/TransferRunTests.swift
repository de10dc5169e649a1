import Episodes
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

import Transfer

/// The kind as the program sees it: plans, pretraining, units and their archives.
@Suite struct TransferRunTests {
  @Test(arguments: ["all", "head"]) func aUnitThatWasArchivedAnywhereGivesTheSame(_ layers: String) throws {
    let run = try Plans.run(Plans.values("transfer", ["settings.layers": .text(layers)]))
    let learned = Plans.learned(run)
    #expect(run.stepsPerUnit == 3)
    let undisturbed = try Plans.unit(run, with: learned).outcome
    for steps in [1, 2] {
      let archived = try Plans.unit(run, with: learned, archivingEvery: steps).outcome
      #expect(archived.rows == undisturbed.rows && archived.digest == undisturbed.digest)
    }
    #expect(undisturbed.digest == run.digest(ofUnit: 0, of: .test))
    #expect(undisturbed.rows[0].axes[0].places == [0, 15, 30, 40])
    let other = run.archive(run.begin(unit: 0, of: .test, with: learned))
    let small = try Plans.run(Plans.values("transfer", ["axes.target": .integer(7)]))
    #expect(small.unitState(from: other) == nil)
  }

  @Test func aFrozenBodyStaysAsItIsBitForBit() throws {
    let values = try Plans.values(
      "transfer", on: "strokes",
      ["settings.layers": .text("head"), "settings.filters": .integer(8), "settings.rate": .number(0.03)])
    let (run, learner) = (try Plans.run(values), try Plans.learner(values))
    let learned = Plans.learned(run, iterations: 60)
    let kept = run.kept(learned)
    let (outcome, end) = try Plans.unit(run, with: learned)
    #expect(run.kept(learned) == kept)
    // What is trained is the last layer alone.
    #expect(end.state.parameters.map(\.shape) == [[learner.body.outputWidth, 8], [8]])
    #expect(end.state.running.isEmpty)
    // Under the body as it was pretrained it gives the accuracy that the unit ended with.
    let draw = ClassDraw(
      8, of: StrokeCharacters.images(of: .test), ClassDrawTests.division,
      from: Plans.context().unit(0, .test))
    let body = learner.body(
      Array(learned.parameters.prefix(learner.body.parameters.count)), draw.test.inputs,
      normalization: .given(learned.running))
    let answers = body.output.affine(end.state.parameters[0], end.state.parameters[1], relu: false)
    #expect(draw.test.targets.score(answers) == outcome.rows[0].values.last)
    #expect(outcome.rows[0].values.last! > 0.3)
  }

  @Test func allOfANetworkIsTrainedWhereItIsNotFrozen() throws {
    let run = try Plans.run(Plans.values("transfer"))
    let learned = Plans.learned(run)
    let begun = run.begin(unit: 0, of: .test, with: learned).state
    let end = try Plans.unit(run, with: learned).end.state
    for (before, after) in zip(begun.parameters, end.parameters) { #expect(before.elements != after.elements) }
    #expect(begun.running[0].mean.elements == learned.running[0].mean.elements)
    #expect(end.running[0].mean.elements != learned.running[0].mean.elements)
  }

  /// From the same streams, which in a suite are those of each system.
  @Test(arguments: ["gaussians", "strokes"]) func fromScratchIsTransferOfAnUntrainedBody(_ dataset: String) throws {
    let settings: [String: SettingValue] = dataset == "strokes" ? ["settings.filters": .integer(4)] : [:]
    let transfer = try Plans.run(Plans.values("transfer", on: dataset, settings))
    let scratch = try Plans.run(Plans.values("from-scratch", on: dataset, settings))
    let untrained = try Plans.unit(transfer, with: transfer.begin()).outcome
    #expect(try Plans.unit(scratch, with: scratch.begin()).outcome.rows == untrained.rows)
    #expect(try Plans.unit(transfer, with: Plans.learned(transfer)).outcome.rows != untrained.rows)
  }

  /// Before the first step all layers on top know nothing of the target classes.
  @Test(arguments: ["transfer", "from-scratch"]) func theAccuracyOfANewLayerIsChance(_ system: String) throws {
    let run = try Plans.run(Plans.values(system))
    let learned = system == "transfer" ? Plans.learned(run) : run.begin()
    let draws = 300
    let accuracies = (0..<draws).map { run.begin(unit: $0, of: .test, with: learned).test[0] }
    // Of 300 draws the mean's standard error is below 0.01.
    #expect(abs(accuracies.reduce(0, +) / Double(draws) - 1 / 8.0) < 0.03)
  }

  /// Its validation is of images that it has not learned from, one class after the other.
  @Test func pretrainingLearnsTheSourceClasses() throws {
    let run = try Plans.run(Plans.values("transfer"))
    func accuracy(_ learned: LearnerState) -> Double {
      (0..<12).map { run.validationScore(ofUnit: $0, with: learned) }.reduce(0, +) / 12
    }
    #expect(accuracy(run.begin()) < 0.35)
    #expect(accuracy(Plans.learned(run, iterations: 300)) > 0.6)
  }

  @Test func unitsAndPartsAreOtherDrawsAndSystemsAreNot() throws {
    let (transfer, scratch) = (try Plans.run(Plans.values("transfer")), try Plans.run(Plans.values("from-scratch")))
    #expect(transfer.digest(ofUnit: 1, of: .test) == scratch.digest(ofUnit: 1, of: .test))
    let digests = [
      transfer.digest(ofUnit: 0, of: .test), transfer.digest(ofUnit: 1, of: .test),
      transfer.digest(ofUnit: 0, of: .validation),
    ]
    #expect(Set(digests).count == 3)
  }

  @Test func theOutcomesBelongTogether() throws {
    let run = try Plans.run(Plans.values("from-scratch", ["test.steps": .integer(200), "test.every": .integer(5)]))
    for unit in 0..<3 {
      let rows = try Plans.unit(run, unit, with: run.begin()).outcome.rows
      #expect(rows.map(\.metric.name) == ["accuracy", "validation-accuracy", "steps-to-90"])
      #expect(rows.map(\.values.count) == [41, 41, 1])
      let (accuracies, reached) = (rows[0].values, rows[2].values[0])
      let place = try #require(rows[0].axes[0].places.firstIndex(of: reached))
      #expect(accuracies[place] >= 0.9 * accuracies.last!)
      #expect(accuracies.prefix(place).allSatisfy { $0 < 0.9 * accuracies.last! } && place > 0)
    }
  }

  @Test(arguments: [
    ("axes.target", 10_000, "target"), ("train.sourceClasses", 10_000, "train.sourceClasses"),
    ("train.groupClasses", 9, "train.groupClasses"), ("axes.images", 11, "images"),
    ("test.testImages", 7, "test.testImages"), ("train.sourceImages", 17, "train.sourceImages"),
  ])
  func aDrawThatCannotBeIsRefused(_ path: String, _ value: Int, _ blamed: String) throws {
    let values = try Plans.values("transfer", on: "strokes", [path: .integer(value)])
    let error = #expect(throws: PlanError.self) { try Transfer(values) }
    #expect(error?.paths == [blamed])
  }

  @Test func valuesCannotBeClassified() throws {
    let sinusoid = try #require(Datasets.named("sinusoid"))
    #expect(Transfer.systems.allSatisfy { $0.settings(sinusoid) == nil })
  }
}
