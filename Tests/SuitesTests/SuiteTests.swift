import FewShot
import FewShotCells
import Foundation
import Suites
import Testing

/// A suite that is right; tests change single lines of it.
let rightSuite = """
  suite: small
  version: 1
  seed: 2017
  grid:
    algorithm: [maml, protonet, { name: nearest-neighbor, features: [pixels, pretrained] }]
    dataset: omniglot
    way: [5, 20]
    shot: [1, 5]
    repeat: 2
  protocol:
    split: vinyals
    train: { iterations: 2000, metaBatch: 32, query: 1, validateEvery: 250 }
    test: { episodes: 600, query: 15, batchNorm: query-batch }
  settings:
    maml: { innerRate: 0.3 }
  override:
    - { when: { algorithm: maml, way: 20 }, set: { innerRate: 0.1, innerSteps: 5, metaBatch: 16 } }
  exclude:
    - { algorithm: nearest-neighbor, way: 20, features: pixels }
  report:
    tables: [ { rows: algorithm, columns: [way, shot], published: true } ]
    curves: [ { y: validation/accuracy, x: iteration, by: algorithm, polynomial: 10 } ]
  claims:
    - { id: C4.1, says: "prototypes beat pixels", left: { algorithm: protonet },
        minus: { algorithm: nearest-neighbor, features: pixels }, atLeast: 0.2, where: { way: 5 } }
  gate: { margin: 0.01, confidence: 0.95, trainSeconds: 1.5, peakMemory: 1.2 }
  store: { parameters: first-repeat }

  """

func suite(_ yaml: String) throws -> Suite {
  try Suite(yaml: yaml, file: "small.yaml", catalog: .small)
}

@Suite struct SuiteTests {
  /// What is chosen is part of a cell's configuration in place of a value, of that system's cells alone. Of
  /// more choices than trials some are drawn, the same for all repeats.
  @Test func settingsMayBeChosenOnValidation() throws {
    let tune = "tune: { budget: { trials: 3, iterations: 50, units: 20 }, protonet: { trainWay: [10, 20, 30], sharpness: [1, 2] } }"
    let (plain, tuned) = try (suite(rightSuite), suite(rightSuite.replacing("report:", with: tune + "\nreport:")))
    for (cell, before) in zip(tuned.cells, plain.cells) {
      guard cell.algorithm == "protonet" else {
        #expect(cell.configuration == before.configuration && cell.tuning == nil)
        continue
      }
      let trials = try #require(cell.tuning).trials
      #expect(trials.count == 3 && Set(trials.map(\.values)).count == 3)
      #expect(trials.map(\.values) == tuned.cells.first { $0.algorithm == "protonet" }?.tuning?.trials.map(\.values))
      #expect(trials[0].plan.effort.iterations == 50 && trials[0].whole.effort.iterations == 2000)
      #expect(cell.settings["trainWay"] == nil && cell.settings["cosine"] == .flag(false))
      #expect(cell.configuration.contains(#""tune":{"iterations":50,"trials":[{"sharpness":"#))
      #expect(!cell.configuration.contains(#""settings":{"cosine":false,"trainWay""#))
      #expect(cell.choosing(1).settings["trainWay"] == trials[1].values["trainWay"])
      #expect(tuned.origin(of: "settings.trainWay", in: cell)?.key == "tune.protonet.trainWay")
    }
  }

  @Test func gridIsEnumeratedWithRepeatsOutermost() throws {
    let cells = try suite(rightSuite).cells
    // Four algorithms x 2 ways x 2 shots x 2 repeats, less pixels at 20-way.
    #expect(cells.count == 28)
    #expect(cells.prefix(14).allSatisfy { $0.repetition == 0 })
    #expect(
      cells.prefix(5).map { "\($0.label) \($0.way) \($0.shot)" } == [
        "maml 5 1", "protonet 5 1", "nearest-neighbor 5 1",
        "nearest-neighbor (pretrained) 5 1", "maml 5 5",
      ])
  }

  @Test func cellIdsAreGolden() throws {
    let ids = try suite(rightSuite).cells.prefix(14).map(\.id)
    #expect(
      ids == [
        "maml-omniglot-5way-1shot-r0-f7f327a3",
        "protonet-omniglot-5way-1shot-r0-ca9bb505",
        "nearest-neighbor-pixels-omniglot-5way-1shot-r0-d4c91955",
        "nearest-neighbor-pretrained-omniglot-5way-1shot-r0-9d55a871",
        "maml-omniglot-5way-5shot-r0-718fb7b6",
        "protonet-omniglot-5way-5shot-r0-dd22c5cc",
        "nearest-neighbor-pixels-omniglot-5way-5shot-r0-a0ea0dc2",
        "nearest-neighbor-pretrained-omniglot-5way-5shot-r0-03aad09e",
        "maml-omniglot-20way-1shot-r0-ba48f27b",
        "protonet-omniglot-20way-1shot-r0-c3f4d102",
        "nearest-neighbor-pretrained-omniglot-20way-1shot-r0-b4e0ab0e",
        "maml-omniglot-20way-5shot-r0-0e07d623",
        "protonet-omniglot-20way-5shot-r0-f47db672",
        "nearest-neighbor-pretrained-omniglot-20way-5shot-r0-8cad6dbe",
      ])
  }

  @Test func configurationHoldsEverythingThatCanChangeNumbersAndNothingElse() throws {
    let cell = try #require(try suite(rightSuite).cells.first)
    #expect(
      cell.configuration == """
        {"algorithm":"maml","dataset":"omniglot","repeat":0,"seed":2017,\
        "settings":{"innerRate":0.3,"innerSteps":1,"network":"conv"},"shot":1,"split":"vinyals",\
        "splitDigest":"d1","test":{"batchNorm":"query-batch","episodes":600,"query":15},\
        "train":{"iterations":2000,"metaBatch":32,"query":1,"validateEvery":250,\
        "validationEpisodes":100},"version":1,"way":5}
        """)
  }

  @Test(arguments: [
    ("suite: small", "suite: other"),
    ("published: true", "published: false"),
    ("polynomial: 10", "polynomial: 3"),
    ("atLeast: 0.2", "atLeast: 0.3"),
    ("margin: 0.01", "margin: 0.02"),
    ("parameters: first-repeat", "parameters: none"),
    ("repeat: 2", "repeat: 3"),
    ("shot: [1, 5]", "shot: [1]"),
    ("innerRate: 0.3", "innerRate: 3.0e-1"),
  ])
  func idsIgnoreWhatCannotChangeNumbers(_ change: (String, String)) throws {
    let before = try suite(rightSuite).cells.map(\.id)
    let after = try suite(rightSuite.replacing(change.0, with: change.1)).cells.map(\.id)
    let common = min(before.count, after.count)
    #expect(Set(before).intersection(after).count == common)
  }

  @Test(arguments: [
    ("version: 1", "version: 2"),
    ("seed: 2017", "seed: 2018"),
    ("split: vinyals", "split: cs330"),
    ("innerRate: 0.3", "innerRate: 0.31"),
    ("iterations: 2000", "iterations: 2001"),
    ("query-batch", "support-only"),
    ("query: 15", "query: 14"),
  ])
  func idsChangeWithWhatCanChangeNumbers(_ change: (String, String)) throws {
    let before = try suite(rightSuite).cells[0].id
    let after = try suite(rightSuite.replacing(change.0, with: change.1)).cells[0].id
    #expect(before != after)
  }

  @Test func repeatsShareTheirFamily() throws {
    let cells = try suite(rightSuite).cells
    #expect(cells[0].family == cells[14].family)
    #expect(cells[0].id != cells[14].id)
    #expect(Set(cells.map(\.family)).count == 14)
  }

  @Test func overridesChangeMatchingCellsOnly() throws {
    for cell in try suite(rightSuite).cells where cell.algorithm == "maml" {
      #expect(cell.settings["innerRate"] == .number(cell.way == 20 ? 0.1 : 0.3))
      #expect(cell.settings["innerSteps"] == .integer(cell.way == 20 ? 5 : 1))
      #expect(cell.training["metaBatch"] == .integer(cell.way == 20 ? 16 : 32))
    }
  }

  @Test func laterOverridesWinAndNestedSectionsAreUnderstood() throws {
    let text = rightSuite.replacing(
      "exclude:",
      with: """
          - { when: { shot: 5 }, set: { train: { query: 5 }, test: { query: 10 }, episodes: 100 } }
          - { when: { shot: 5, way: 5 }, set: { episodes: 200, split: cs330 } }
        exclude:
        """)
    for cell in try suite(text).cells {
      #expect(cell.training["query"] == .integer(cell.shot == 5 ? 5 : 1))
      #expect(cell.query == (cell.shot == 5 ? 10 : 15))
      #expect(cell.episodes == (cell.shot == 1 ? 600 : cell.way == 5 ? 200 : 100))
      #expect(cell.split == (cell.shot == 5 && cell.way == 5 ? "cs330" : "vinyals"))
    }
  }

  @Test func whatTheGridFixesIsNamedAsPeopleSayIt() throws {
    let cells = try suite(
      """
      suite: names
      version: 1
      seed: 1
      grid:
        algorithm:
          - { name: protonet, cosine: [true, false] }
          - { name: maml, network: no-conv, innerRate: 0.1 }
        dataset: omniglot
        way: 5
        shot: 1
      protocol:
        train: { iterations: 10, metaBatch: 4, query: 5 }
        test: { episodes: 100, query: 5 }
      """
    ).cells
    #expect(
      cells.map(\.label)
        == ["protonet (cosine)", "protonet", "maml (no-conv, innerRate 0.1)"])
    #expect(cells[1].id.hasPrefix("protonet-cosinefalse-omniglot-"))
  }

  @Test func splitsCanBeAnAxisOfTheGrid() throws {
    func cells(_ split: String, _ more: String = "") throws -> [Cell] {
      try suite(
        """
        suite: splits
        version: 1
        seed: 1
        grid: { algorithm: maml, dataset: omniglot, \(split)way: 5, shot: [1, 5] }
        protocol:
          split: cs330
          train: { iterations: 10, metaBatch: 4, query: 5 }
          test: { episodes: 100, query: 5 }
        \(more)
        """
      ).cells
    }
    let both = try cells("split: [vinyals, cs330], ")
    #expect(both.map(\.split) == ["vinyals", "vinyals", "cs330", "cs330"])
    #expect(both.map(\.shot) == [1, 5, 1, 5])
    #expect(both[0].id.hasPrefix("maml-omniglot-vinyals-5way-1shot-r0-"))
    // The same cell, under whichever name.
    #expect(try cells("").map(\.configuration) == both[2...].map(\.configuration))
    #expect(throws: SuiteError.self) { try cells("split: [vinyals, vinyals], ") }
    #expect(throws: SuiteError.self) { try cells("split: vinyal, ") }
    let override = "override: [ { when: { shot: 1 }, set: { split: cs330 } } ]"
    let error = try #require(throws: SuiteError.self) { try cells("split: vinyals, ", override) }
    #expect("\(error)".contains("the grid fixes 'split'"), "\(error)")
  }

  @Test func oneSuiteCanHoldSeveralGrids() throws {
    let mixed = try suite(
      """
      suite: mixed
      version: 1
      seed: 1
      grid:
        - { algorithm: [maml], dataset: sinusoid, shot: [5, 10] }
        - { algorithm: [maml, protonet], dataset: omniglot, way: 5, shot: 1, repeat: 2 }
      protocol:
        split: { omniglot: cs330 }
        train: { iterations: 10, metaBatch: 4, query: 5 }
        test: { episodes: 100, query: 5 }
      override:
        - { when: { dataset: sinusoid }, set: { iterations: 99, testSteps: 3 } }
      """)
    #expect(mixed.cells.map(\.metric.name) == ["loss", "loss"] + Array(repeating: "accuracy", count: 4))
    #expect(mixed.cells.map(\.way) == [1, 1, 5, 5, 5, 5])
    #expect(mixed.cells[0].settings["testSteps"] == .integer(3))
    #expect(mixed.cells[0].iterations == 99)
    #expect(mixed.cells[2].split == "cs330")
    #expect(mixed.title == "mixed")
    #expect(mixed.store == .all)
    #expect(mixed.report.tables.count == 1)
  }

  @Test func theSameAlgorithmMayStandInTheGridTwice() throws {
    let text = rightSuite.replacing(
      "[maml, protonet,", with: "[maml, { name: maml, network: no-conv }, protonet,")
    let cells = try suite(text).cells.filter { $0.algorithm == "maml" && $0.repetition == 0 }
    #expect(cells.count == 8)
    #expect(Set(cells.map(\.label)) == ["maml", "maml (no-conv)"])
    #expect(cells[1].id.hasPrefix("maml-no-conv-omniglot-5way-1shot-r0-"))
    #expect(cells[1].settings["network"] == .text("no-conv"))
  }

  @Test func reportClaimsGateAndStoreAreRead() throws {
    let small = try suite(rightSuite)
    #expect(
      small.report.tables == [.init(rows: "algorithm", columns: ["way", "shot"], published: true)])
    #expect(
      small.report.curves == [
        .init(y: .init(.validation, "accuracy"), x: "iteration", by: "algorithm", polynomial: 10)
      ])
    let claim = try #require(small.claims.first)
    #expect(claim.id == "C4.1")
    #expect(claim.atLeast == 0.2)
    #expect(claim.atMost == nil)
    guard case .minus(let side) = claim.other else {
      Issue.record("the claim compares with something")
      return
    }
    let compared = small.cells.filter(side.cells.contains)
    #expect(Set(compared.map(\.label)) == ["nearest-neighbor"])
    #expect(
      small.gate == Gate(margin: 0.01, confidence: 0.95, trainSeconds: 1.5, peakMemory: 1.2))
    #expect(small.store == .firstRepeat)
  }

  @Test func conditionsTakeListsAndCompareNumbersByValue() throws {
    let cells = try suite(rightSuite).cells
    let selection = Selection([
      .init(key: "innerSteps", values: [.number(5), .integer(7)]),
      .init(key: "shot", values: [.integer(1)]),
    ])
    #expect(Set(cells.filter(selection.contains).map(\.way)) == [20])
  }

  @Test func anySeedThatCanBeWrittenIsTaken() throws {
    let yaml = rightSuite.replacing("seed: 2017", with: "seed: 9223372036854775807")
    #expect(try Suite(yaml: yaml, file: "suite.yaml", catalog: .small).seed == 9_223_372_036_854_775_807)
  }

  @Test func aFileThatIsNotThereIsSaidSo() {
    let url = URL(filePath: "/nowhere/suite.yaml")
    #expect(throws: SuiteError.self) { try Suite.load(url, catalog: .small) }
    do {
      _ = try Suite.load(url, catalog: .small)
    } catch {
      #expect("\(error)" == "/nowhere/suite.yaml: cannot read the suite: there is no such file.")
    }
  }
}
