import FewShotCells
import Suites
import Testing

/// One mistake in `rightSuite`, and the error it must give.
struct Mistake: CustomTestStringConvertible, Sendable {
  let replace: String
  let with: String
  let line: Int
  let says: String

  var testDescription: String { "\(replace) → \(with)" }

  init(_ replace: String, _ with: String, line: Int, _ says: String) {
    self.replace = replace
    self.with = with
    self.line = line
    self.says = says
  }
}

@Suite struct SuiteErrorTests {
  @Test(arguments: [
    // YAML itself
    Mistake(
      "seed: 2017", "seed: [2017", line: 4,
      "not valid YAML: did not find expected ',' or ']'."),
    Mistake("seed: 2017", "seed: 9223372036854775808", line: 3, "at most 9223372036854775807"),
    Mistake(
      "version: 1", "version: 1\nseed: 3", line: 3,
      "the key 'seed' stands twice in one section; this is the first. Keep one of them."),
    // Keys
    Mistake(
      "exclude:", "exlude:", line: 18,
      "unknown key 'exlude' in the suite. Did you mean 'exclude'?"),
    Mistake(
      "  way: [5, 20]", "  ways: [5, 20]", line: 7,
      "unknown key 'ways' in grid. Did you mean 'way'?"),
    Mistake(
      "iterations: 2000", "iteratoins: 2000", line: 12,
      "unknown key 'iteratoins' in protocol.train. Did you mean 'iterations'?"),
    Mistake(
      "batchNorm: query", "batchnorm: query", line: 13,
      "unknown key 'batchnorm' in protocol.test. Did you mean 'batchNorm'?"),
    Mistake(
      "innerRate: 0.3", "innerrate: 0.3", line: 15,
      "unknown key 'innerrate' in settings.maml. Did you mean 'innerRate'?"),
    Mistake(
      "  maml: { inner", "  mamml: { inner", line: 15,
      "unknown key 'mamml' in settings. Did you mean 'maml'?"),
    Mistake(
      "innerSteps: 5", "innerStep: 5", line: 17,
      "unknown key 'innerStep' in override.set for maml. Did you mean 'innerSteps'?"),
    Mistake(
      "features: pixels }\nreport", "feature: pixels }\nreport", line: 19,
      "unknown key 'feature' in exclude. Did you mean 'features'?"),
    Mistake(
      "polynomial: 10", "degree: 10", line: 22,
      "unknown key 'degree' in report.curves. Known: title, y, x, at, reduce, by, polynomial, where."),
    Mistake(
      "atLeast: 0.2", "atleast: 0.2", line: 25,
      "unknown key 'atleast' in claims. Did you mean 'atLeast'?"),
    Mistake(
      "margin: 0.01", "marginn: 0.01", line: 26,
      "unknown key 'marginn' in gate. Did you mean 'margin'?"),
    // Missing keys
    Mistake(
      "seed: 2017", "", line: 1, "the suite lacks the key 'seed'. Add, for example, 'seed: 2017'."),
    Mistake(
      "  way: [5, 20]\n", "", line: 5,
      "grid lacks the key 'way'. Add, for example, 'way: [5]'."),
    Mistake(
      "metaBatch: 32, ", "", line: 12,
      "protocol.train lacks the key 'metaBatch'. Add, for example, 'metaBatch: 4'."),
    // Types and ranges
    Mistake(
      "version: 1", "version: one", line: 2,
      "'version' must be a whole number, but is 'one'."),
    Mistake("seed: 2017", "seed: '2017'", line: 3, "'seed' must be a whole number, but is '2017'."),
    Mistake("repeat: 2", "repeat: 0", line: 9, "'grid.repeat' is '0', but must be at least 1."),
    Mistake(
      "repeat: 2", "repeat: [1, 2]", line: 9,
      "'grid.repeat' must be a whole number, but is a list."),
    Mistake(
      "shot: [1, 5]", "shot: []", line: 8,
      "'grid.shot' must be one value or a list of some, but is a list."),
    Mistake(
      "innerRate: 0.3", "innerRate: fast", line: 15,
      "'settings.maml.innerRate' must be a number, but is 'fast'."),
    Mistake(
      "innerSteps: 5", "innerSteps: 0", line: 17,
      "'override.set.innerSteps' is '0', but must be at least 1."),
    Mistake(
      "published: true", "published: yes", line: 21,
      "'report.tables.published' must be true or false, but is 'yes'."),
    Mistake(
      "suite: small", "suite: a/b", line: 1,
      "'suite' is 'a/b', but must be letters, digits, '-', '_' and '.' only, for it names a "
        + "folder."),
    Mistake(
      "confidence: 0.95", "confidence: 95", line: 26,
      "'gate.confidence' is '95', but must be at least 0.5 and below 1, for example 0.95."),
    Mistake(
      "confidence: 0.95", "confidence: 0.05", line: 26,
      "'gate.confidence' is '0.05', but must be at least 0.5 and below 1, for example 0.95."),
    Mistake(
      "margin: 0.01", "margin: 5", line: 26,
      "'gate.margin' is '5', but must be below 1, for accuracies are in 0...1: 5 points are 0.05."),
    Mistake(
      "margin: 0.01", "margin: -1", line: 26,
      "'gate.margin' is '-1', but must be 0 or more, and finite."),
    Mistake(
      "trainSeconds: 1.5", "trainSeconds: 0.5", line: 26,
      "'gate.trainSeconds' is '0.5', but must be at least 1, and finite, for example 1.5."),
    Mistake(
      "atLeast: 0.2", "atLeast: 20", line: 25,
      "'claims.atLeast' is '20', but must be from -1 to 1, for accuracies are in 0...1: 20 points "
        + "are 0.2."),
    Mistake(
      "atLeast: 0.2", "between: [0.1, 3]", line: 25,
      "'claims.between' is '3', but must be from -1 to 1, for accuracies are in 0...1: 3 points are "
        + "0.03."),
    Mistake(
      "atLeast: 0.2", "atLeast: 0.2, atMost: 0.1", line: 25,
      "'claims.atMost' is '0.1', but must be at least 'atLeast', which is 0.2."),
    // Names
    Mistake(
      "[maml, protonet", "[maml, protnet", line: 5,
      "unknown algorithm 'protnet'. Did you mean 'protonet'?"),
    Mistake(
      "dataset: omniglot", "dataset: imagenet", line: 6,
      "unknown dataset 'imagenet'. Known: omniglot, sinusoid."),
    Mistake(
      "split: vinyals", "split: vinyal", line: 11,
      "unknown split of omniglot 'vinyal'. Did you mean 'vinyals'?"),
    Mistake(
      "batchNorm: query-batch", "batchNorm: query", line: 13,
      "unknown value of 'protocol.test.batchNorm' 'query'. Known: query-batch, support-only, running."),
    Mistake(
      "[pixels, pretrained]", "[pixel]", line: 5,
      "unknown value of 'grid.algorithm.features' 'pixel'. Did you mean 'pixels'?"),
    Mistake(
      "y: validation/accuracy", "y: validation/acuracy", line: 22,
      "unknown quantity 'validation/acuracy'. Did you mean 'validation/accuracy'?"),
    Mistake(
      "rows: algorithm", "rows: algoritm", line: 21,
      "unknown axis 'algoritm'. Did you mean 'algorithm'?"),
    Mistake(
      "parameters: first-repeat", "parameters: first", line: 27,
      "unknown store policy 'first'. Known: all, first-repeat, none."),
    Mistake(
      "dataset: omniglot", "dataset: [omniglot, omniglot]", line: 6,
      "the dataset 'omniglot' is listed twice. Keep one of them."),
    // Impossible or senseless
    Mistake(
      "shot: [1, 5]", "shot: [1, 20]", line: 8,
      "20 shots and 1 queries need 21 examples of a class, but classes of omniglot, split "
        + "'vinyals', have 20. Lower 'shot' below 20."),
    Mistake(
      "shot: [1, 5]", "shot: [1, 6]", line: 8,
      "6 shots and 15 queries need 21 examples of a class, but classes of omniglot, split "
        + "'vinyals', have 20. Lower 'test.query' to at most 14."),
    Mistake(
      "way: [5, 20]", "way: [5, 20, 700]", line: 7,
      "700-way episodes need 700 classes, but the validation part of omniglot, split 'vinyals', "
        + "has 688. Lower the way, or choose another split."),
    Mistake("way: [5, 20]", "way: [1, 20]", line: 7, "'grid.way' is '1', but must be at least 2."),
    Mistake(
      "dataset: omniglot\n", "dataset: sinusoid\n", line: 11,
      "unknown split of sinusoid 'vinyals'. Known: standard."),
    Mistake(
      "shot: [1, 5]", "shot: [1, 5, 1]", line: 5,
      "the grid holds the cell 'maml-omniglot-5way-1shot-r0-"),
    Mistake(
      "metaBatch: 16", "query: 16", line: 17,
      "'query' could belong to 'train' or to 'test'. Write 'train: { query: ... }' or "
        + "'test: { query: ... }'."),
    Mistake(
      "[maml, protonet", "[{ name: maml, innerSteps: 1 }, protonet", line: 17,
      "the grid fixes 'innerSteps' of maml, so an override may not change it. Change the grid's "
        + "entry, or narrow 'when'."),
    Mistake(
      "metaBatch: 16", "testSteps: 3", line: 17,
      "maml has a setting 'testSteps', but not for the tasks of omniglot. Narrow 'when' with a "
        + "dataset."),
    Mistake(
      "when: { algorithm: maml, way: 20 }", "when: { algorithm: maml, way: 10 }", line: 17,
      "this entry of 'override' matches no cell of the grid. Correct it or remove it."),
    Mistake(
      "exclude:\n  - { algorithm: nearest-neighbor, way: 20",
      "exclude:\n  - { algorithm: maml, way: 20",
      line: 19, "this entry of 'exclude' matches no cell of the grid. Correct it or remove it."),
    Mistake(
      "exclude:", "exclude:\n  - { dataset: omniglot }", line: 19,
      "the suite has no cells: 'exclude' removes all of them."),
    Mistake(
      "columns: [way, shot]", "columns: [way]", line: 21,
      "fall on the same place in a table"),
    Mistake(
      "by: algorithm", "by: shot, where: { way: 10 }", line: 22,
      "this entry of 'report' matches no"),
    Mistake(
      "x: iteration", "x: steps", line: 22,
      "'report.curves.x' is 'steps', but must be 'iteration'."),
    Mistake(
      "atLeast: 0.2", "atLeast: 0.2, over: { algorithm: maml }", line: 24,
      "claims has 'minus' and 'over', which exclude each other. Keep one of them."),
    Mistake("atLeast: 0.2, ", "", line: 24, "claims lacks the key 'atLeast'."),
    Mistake(
      "atLeast: 0.2", "between: [1, 0]", line: 25,
      "'claims.between' must be two numbers, the smaller first, but is a list."),
    Mistake(
      "left: { algorithm: protonet }", "left: { algorithm: protonet, shot: 2 }", line: 24,
      "this entry of 'claims' matches no cell of the grid. Correct it or remove it."),
    Mistake(
      "left: { algorithm: protonet }", "left: { algorithm: protonet, repeat: 0 }", line: 24,
      "unknown key 'repeat' in claims.left."),
    Mistake(
      "atLeast: 0.2", "from: { shot: 1 }, atLeast: 0.2", line: 24,
      "claims lacks the key 'to'. Add, for example, 'to: { shot: 5 }'."),
    Mistake(
      "atLeast: 0.2", "from: { shot: 1 }, to: { shot: 2 }, atLeast: 0.2", line: 25,
      "this entry of 'claims' matches no cell of the grid. Correct it or remove it."),
    Mistake(
      "atLeast: 0.2", "quantity: suport-accuracy, atLeast: 0.2", line: 25,
      "unknown quantity 'suport-accuracy'. Did you mean 'support-accuracy'?"),
    Mistake(
      "left: { algorithm: protonet }",
      "quantity: train-seconds, left: { algorithm: protonet, steps: 0 }", line: 24,
      "claims has 'steps' and 'quantity: train-seconds', which exclude each other."),
    Mistake(
      "minus: { algorithm: nearest-neighbor, features: pixels }", "minus: { algorithm: protonet }",
      line: 24, "claim 'C4.1' has nothing to compare: no two cells of its sides have the same"),
  ])
  func mistakeIsNamedWithItsLineAndItsCure(_ mistake: Mistake) throws {
    #expect(rightSuite.contains(mistake.replace))
    let text = rightSuite.replacing(mistake.replace, with: mistake.with, maxReplacements: 1)
    let error = try #require(throws: SuiteError.self) { try suite(text) }
    #expect(error.place?.line == mistake.line, "\(error)")
    #expect("\(error)".contains(mistake.says), "\(error)")
    #expect("\(error)".hasPrefix("small.yaml:\(mistake.line):"))
  }

  @Test func algorithmThatCannotLearnRegressionMustBeExcluded() throws {
    let text = """
      suite: s
      version: 1
      seed: 1
      grid: { algorithm: [maml, protonet], dataset: sinusoid, shot: 5 }
      protocol:
        train: { iterations: 1, metaBatch: 1, query: 5 }
        test: { episodes: 2, query: 5 }
      """
    let error = try #require(throws: SuiteError.self) { try suite(text) }
    #expect(
      "\(error)" == "small.yaml:4:27: protonet cannot learn regression, which the tasks of "
        + "sinusoid are. Add 'exclude: [ { algorithm: protonet, dataset: sinusoid } ]'.")
    let fixed = text + "\nexclude: [ { algorithm: protonet, dataset: sinusoid } ]"
    #expect(try suite(fixed).cells.map(\.algorithm) == ["maml"])
    let wide = text.replacing("shot: 5", with: "shot: 5, way: 5").replacing(", protonet", with: "")
    let wayError = try #require(throws: SuiteError.self) { try suite(wide) }
    #expect("\(wayError)".contains("sinusoid is regression and has no classes"))
  }

  @Test func emptyFileIsSaidToBeEmpty() throws {
    let error = try #require(throws: SuiteError.self) { try suite("") }
    #expect("\(error)" == "small.yaml:1:1: not valid YAML: the file is empty.")
  }

  @Test func trainingEpisodesOfTheirOwnWayAreCheckedAtTheirOwnLine() throws {
    let text = rightSuite.replacing(
      "maml: { innerRate: 0.3 }", with: "protonet: { trainWay: 5000 }")
    let error = try #require(throws: SuiteError.self) { try suite(text) }
    #expect(
      "\(error)" == "small.yaml:15:25: 'trainWay' of protonet is 5000, but the train part of "
        + "omniglot, split 'vinyals', has 4112 classes. Set 'trainWay' to at most 4112.")
  }

  @Test func learnersWithoutTrainingEpisodesNeedNoneOfTheirKeys() throws {
    func text(_ algorithm: String) -> String {
      """
      suite: s
      version: 1
      seed: 1
      grid: { algorithm: \(algorithm), dataset: omniglot, way: 5, shot: 10 }
      protocol:
        train: { iterations: 1 }
        test: { episodes: 2, query: 10 }
      """
    }
    #expect(try suite(text("nearest-neighbor")).cells.count == 1)
    // Queries of training episodes that no class could give do not matter to it either.
    let wide = text("nearest-neighbor").replacing("iterations: 1", with: "iterations: 1, query: 19")
    #expect(try suite(wide).cells.count == 1)
    for (algorithm, key) in [("maml", "metaBatch"), ("protonet", "query")] {
      let error = try #require(throws: SuiteError.self) { try suite(text(algorithm)) }
      #expect("\(error)".contains("protocol.train lacks the key '\(key)'"), "\(error)")
      #expect(error.place?.line == 6)
    }
  }

  @Test(arguments: [
    ("maml", "", 4, 20), ("protonet", "", 4, 20), ("fine-tuning", "", 4, 20),
    ("{ name: maml, network: conv }", "", 4, 43),
    ("maml", "settings: { maml: { network: conv } }", 8, 30),
  ])
  func learnersThatCannotBeMadeAreNamedWithTheirLine(
    _ algorithm: String, _ settings: String, _ line: Int, _ column: Int
  ) throws {
    let text = """
      suite: s
      version: 1
      seed: 1
      grid: { algorithm: \(algorithm), dataset: gaussians, way: 5, shot: 1 }
      protocol:
        train: { iterations: 1, metaBatch: 1, query: 1 }
        test: { episodes: 2, query: 1 }
      \(settings)
      """
    func shipped(_ text: String) throws -> Suite { try Suite(yaml: text, file: "small.yaml") }
    let error = try #require(throws: SuiteError.self) { try shipped(text) }
    #expect("\(error)".hasPrefix("small.yaml:\(line):\(column): "), "\(error)")
    #expect("\(error)".contains("cannot learn gaussians with these settings: network 'conv' needs"))
    #expect("\(error)".hasSuffix("Set 'network: no-conv'."))
    let mended = text + "\noverride: [ { when: { way: 5 }, set: { network: no-conv } } ]"
    if !algorithm.hasPrefix("{") { #expect(try shipped(mended).cells.count == 1) }
  }

  /// Axes are those of the kind, in tables, curves, claims and choices of settings.
  @Test(arguments: [
    ("rows: algorithm,", "rows: algorithm, at: { step: 1 },", "unknown key 'step' in report.tables.at. Did you mean 'steps'?"),
    ("y: validation/accuracy, x: iteration", "y: test/accuracy, x: step", "no outcome of the kind 'few-shot' has an axis 'step'. Did you mean 'steps'?"),
    ("left: { algorithm: protonet }", "left: { algorithm: protonet, at: { showing: 1 } }", "unknown key 'showing' in claims.left.at. Known: steps."),
  ])
  func axesOfOtherKindsAreRefused(_ right: String, _ wrong: String, _ says: String) throws {
    let error = try #require(throws: SuiteError.self) {
      try suite(rightSuite.replacing(right, with: wrong))
    }
    #expect("\(error)".hasSuffix(": " + says), "\(error)")
  }

  /// Mistakes in a section `tune` that is added to the right suite.
  @Test(arguments: [
    ("{ maml: { innerSteps: [1, 2] } }", "tune lacks the key 'budget'. Add, for example, 'budget: { trials: 4, iterations: 500, units: 100 }'."),
    ("{ budget: { trials: 2, iterations: 9 }, maml: { innerSteps: [1, 2] } }", "tune.budget lacks the key 'units'. Add, for example, 'units: 100'."),
    ("{ budget: { trials: 1, iterations: 9, units: 9 }, maml: { innerSteps: [1, 2] } }", "'tune.budget.trials' is '1', but must be at least 2."),
    ("{ budget: { trials: 2, iterations: 9, units: 9 }, mamml: { innerSteps: [1, 2] } }", "unknown key 'mamml' in tune. Did you mean 'maml'?"),
    ("{ budget: { trials: 2, iterations: 9, units: 9 }, protonet: { sharpnes: [1, 2] } }", "unknown key 'sharpnes' in tune.protonet. Did you mean 'sharpness'?"),
    ("{ budget: { trials: 3, iterations: 9, units: 9 }, protonet: { sharpness: [1, 2] } }", "protonet has 2 choices of values here, and the budget is 3 trials. Name more values, or give it a budget of its own: 'budget: { trials: 2 }'."),
    ("{ budget: { trials: 2, iterations: 9, units: 9 }, protonet: { sharpness: [1, 1] } }", "the value '1.0' is listed twice. Keep one of them."),
    ("{ budget: { trials: 2, iterations: 9, units: 9 }, protonet: { when: { way: 7 }, sharpness: [1, 2] } }", "this entry of 'tune' matches no cell of the grid. Correct it or remove it."),
    ("{ budget: { trials: 2, iterations: 9, units: 9 }, maml: { innerRate: [1, 2] } }", "'innerRate' of maml is given a value here, and 'tune' lets the cell choose it. Keep one of them, or narrow the entry of 'tune' with 'when'."),
  ])
  func mistakesInTuningAreNamed(_ tune: String, _ says: String) throws {
    let error = try #require(throws: SuiteError.self) {
      try suite(rightSuite.replacing("report:", with: "tune: \(tune)\nreport:"))
    }
    #expect("\(error)".hasSuffix(": " + says), "\(error)")
  }

  @Test func pixelsNeedNoNetworkAndAreNotTrained() throws {
    let text = """
      suite: s
      version: 1
      seed: 1
      grid:
        algorithm: [nearest-neighbor, { name: fine-tuning, network: no-conv }]
        dataset: gaussians
        way: 5
        shot: 1
      protocol: { train: { iterations: 1 }, test: { episodes: 2, query: 1 } }
      """
    let cells = try Suite(yaml: text, file: "small.yaml").cells
    #expect(cells.map(\.plan.isTrained) == [false, true])
  }
}
