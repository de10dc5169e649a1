import Suites
import Testing

/// Reports and claims that ask for what no test will tell are refused before anything is run.
@Suite struct OutcomeErrorTests {
  private static let sequences = """
    suite: s
    version: 1
    seed: 1
    grid: { algorithm: [black-box, counting], dataset: strokes, classes: 3, showings: [5, 10] }
    protocol:
      kind: online-sequences
      train: { iterations: 10 }
      test: { sequences: 50 }
    tune: { budget: { trials: 2, iterations: 5, units: 10 }, at: { showing: 3 }, black-box: { hidden: [4, 8] } }
    report:
      tables: [ { rows: algorithm, columns: [showings], outcome: accuracy, at: { showing: [1, 9] } } ]
      curves: [ { y: test/accuracy, x: showing, by: algorithm, at: { showing: 7 } } ]
    claims:
      - { id: A, says: s, quantity: accuracy, left: { algorithm: black-box, at: { showing: 2 } }, atLeast: 0.1 }
    """

  private static let continual = """
    suite: s
    version: 1
    seed: 1
    grid: { algorithm: [ewc, sgd], dataset: digits, tasks: 3 }
    protocol:
      kind: continual
      train: { images: 100, epochs: 2, batch: 20, layers: 1, width: 8 }
      test: { orders: 4, images: 50, everyEpoch: true }
    report:
      curves: [ { y: test/epoch-accuracy, x: epoch, at: { tested: 1 }, by: algorithm } ]
      tables: [ { rows: algorithm, columns: [tasks], outcome: forgetting, at: { learned: [2, 3] } } ]
    """

  private static let fewShot = """
    suite: s
    version: 1
    seed: 1
    grid: { algorithm: [maml, protonet, fine-tuning], dataset: strokes, way: 2, shot: 1 }
    protocol:
      train: { iterations: 5, metaBatch: 2, query: 2 }
      test: { episodes: 50, query: 3 }
    settings: { maml: { testSteps: 4 }, fine-tuning: { steps: 6 } }
    report:
      tables: [ { rows: algorithm, columns: [way, shot], steps: [0, 6] } ]
    claims:
      - { id: A, says: s, left: { algorithm: maml, steps: 4 }, minus: { algorithm: protonet }, atLeast: 0 }
    """

  struct Mistake: Sendable {
    let suite: String
    let replace: String
    let with: String
    /// What the error points at.
    let at: String
    let says: String
  }

  @Test func theyAreAllRight() throws {
    for text in [Self.sequences, Self.continual, Self.fewShot] {
      #expect(try !Suite(yaml: text, file: "s.yaml").cells.isEmpty)
    }
  }

  @Test(arguments: [
    Mistake(
      suite: sequences, replace: "showing: [1, 9]", with: "showin: [1, 9]", at: "showin:",
      says: "unknown key 'showin' in report.tables.at. Did you mean 'showing'?"),
    Mistake(
      suite: sequences, replace: "showing: [1, 9]", with: "showing: [1, 11]", at: "11",
      says: "'report.tables.at.showing' is '11', but must be a place that the tests of these cells tell: 1 to 10."),
    Mistake(
      suite: sequences, replace: "at: { showing: [1, 9] }", with: "steps: [1, 9]", at: "1,",
      says: "no outcome of the kind 'online-sequences' has an axis 'steps'. Known: showing, position."),
    Mistake(
      suite: sequences, replace: "outcome: accuracy", with: "outcome: loss", at: "loss",
      says: "the tests of these cells do not tell 'loss'. Known: accuracy."),
    Mistake(
      suite: sequences, replace: "x: showing", with: "x: showings", at: "showings",
      says: "no outcome of the kind 'online-sequences' has an axis 'showings'. Did you mean 'showing'?"),
    Mistake(
      suite: sequences, replace: "showing: 7", with: "position: 7", at: "position",
      says: "unknown key 'position' in report.curves.at. Known: showing."),
    Mistake(
      suite: sequences, replace: "showing: 2", with: "showing: 0", at: "0 }",
      says: "'claims.left.at.showing' is '0', but must be a place that the tests of these cells tell: 1 to 10."),
    Mistake(
      suite: sequences, replace: "quantity: accuracy", with: "quantity: loss", at: "loss",
      says: "the tests of these cells do not tell 'loss'. Known: accuracy."),
    Mistake(
      suite: sequences, replace: "showing: 3", with: "showing: 12", at: "12",
      says: "'tune.at.showing' is '12', but must be a place"),
    Mistake(
      suite: continual, replace: "y: test/epoch-accuracy, x: epoch", with: "y: test/accuracy, x: epoch", at: "epoch,",
      says: "unknown axis of 'accuracy' 'epoch'. Known: learned, tested."),
    Mistake(
      suite: continual, replace: "tested: 1", with: "tested: 4", at: "4",
      says: "'report.curves.at.tested' is '4', but must be a place that the tests of these cells tell: 1 to 3."),
    Mistake(
      suite: continual, replace: "learned: [2, 3]", with: "learned: [1, 3]", at: "1,",
      says: "'report.tables.at.learned' is '1', but must be a place that the tests of these cells tell: 2, 3."),
    Mistake(
      suite: fewShot, replace: "steps: [0, 6]", with: "steps: [0, 7]", at: "7",
      says: "'report.tables.steps' is '7', but must be a place that the tests of these cells tell: 0 to 6."),
    Mistake(
      suite: fewShot, replace: "algorithm: maml, steps: 4", with: "algorithm: maml, steps: 5", at: "5",
      says: "'claims.left.steps' is '5', but must be a place that the tests of these cells tell: 0 to 4."),
    Mistake(
      suite: fewShot, replace: "algorithm: protonet }", with: "algorithm: protonet, steps: 1 }", at: "1 }",
      says: "'claims.minus.steps' is '1', but must be a place that the tests of these cells tell: 0."),
  ])
  func whatNoTestTellsIsRefusedAtItsPlace(_ mistake: Mistake) throws {
    #expect(mistake.suite.contains(mistake.replace))
    let text = mistake.suite.replacing(mistake.replace, with: mistake.with)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains(mistake.with) })
    let start = try #require(lines[line].range(of: mistake.with)).lowerBound
    let column = try #require(lines[line][start...].range(of: mistake.at)).lowerBound
    let error = try #require(throws: SuiteError.self) { try Suite(yaml: text, file: "s.yaml") }
    let place = "s.yaml:\(line + 1):\(lines[line].distance(from: lines[line].startIndex, to: column) + 1)"
    #expect("\(error)".hasPrefix("\(place): "), "\(error)")
    #expect("\(error)".contains(mistake.says), "\(error)")
  }

  /// What is tested only if a suite asks for it.
  @Test func anOutcomeThatIsNotAskedForIsNotTold() throws {
    let text = Self.continual.replacing("everyEpoch: true", with: "everyEpoch: false")
    let error = try #require(throws: SuiteError.self) { try Suite(yaml: text, file: "s.yaml") }
    #expect("\(error)".hasPrefix("s.yaml:10:18: the tests of these cells do not tell 'test/epoch-accuracy'."))
    #expect("\(error)".contains("Known: test/average-accuracy, test/accuracy, "), "\(error)")
  }
}
