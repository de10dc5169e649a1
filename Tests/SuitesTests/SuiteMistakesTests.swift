import FewShotCells
import Suites
import Testing

/// All that is wrong with a file is told at once.
struct SuiteMistakesTests {
  @Test func everyMistakeOfAFileIsToldInTheOrderOfItsLines() throws {
    let text = rightSuite.replacing("version: 1", with: "version: 0")
      .replacing("  way: [5, 20]", with: "  way: [5, twenty]")
      .replacing("iterations: 2000", with: "iteratoins: 2000, iterations: 2000")
      .replacing("exclude:", with: "exlude: 1\nexclude:")
    let mistakes = try #require(throws: SuiteMistakes.self) { try suite(text) }
    let told = mistakes.all.map { "\($0)" }
    try #require(told.count == 4, "\(mistakes)")
    #expect(told[0].contains("'version' is '0', but must be at least 1"))
    #expect(told[1].contains("'grid.way' must be a whole number, but is 'twenty'"))
    #expect(told[2].contains("unknown key 'iteratoins'"))
    #expect(told[3].contains("unknown key 'exlude'"))
    #expect(mistakes.all.map { $0.place!.line } == mistakes.all.map { $0.place!.line }.sorted())
  }

  /// A value that is taken out to read on is not missed afterwards.
  @Test func whatFollowsFromAMistakeIsNoMistake() throws {
    let error = try #require(throws: SuiteError.self) {
      try suite(rightSuite.replacing("  dataset: omniglot", with: "  dataset: omniglott"))
    }
    #expect("\(error)".contains("unknown dataset 'omniglott'"))
  }

  @Test func aFileFullOfMistakesIsCutShort() throws {
    let keys = (1...40).map { "wrong\($0): 1\n" }.joined()
    let mistakes = try #require(throws: SuiteMistakes.self) { try suite(keys + rightSuite) }
    #expect(mistakes.all.count == 20)
  }

  @Test(arguments: [("1_000", 1000), ("1e3", 1000), ("2e2", 200), ("+7", 7), ("0x10", 16)])
  func usualSpellingsOfWholeNumbersAreUnderstood(_ spelling: String, _ value: Int) throws {
    let text = rightSuite.replacing("iterations: 2000", with: "iterations: \(spelling)")
    #expect(try suite(text).cells[0].plan.effort.iterations == value)
  }

  @Test(arguments: ["1__0", "_1", "1_", "1.5"])
  func othersAreRefusedWithTheirLine(_ spelling: String) throws {
    let error = try #require(throws: SuiteError.self) {
      try suite(rightSuite.replacing("iterations: 2000", with: "iterations: \(spelling)"))
    }
    #expect("\(error)".contains(":12:"), "\(error)")
  }

  /// A mapping's own keys count before those that are merged into it.
  @Test func mergeKeysAreUnderstood() throws {
    let text = """
      suite: s
      version: 1
      seed: 1
      grid:
        - &first { algorithm: protonet, dataset: strokes, way: 5, shot: 1 }
        - { <<: *first, shot: 5 }
      protocol: { train: { iterations: 1, metaBatch: 1, query: 1 }, test: { episodes: 2, query: 1 } }
      """
    let cells = try Suite(yaml: text, file: "small.yaml").cells
    #expect(cells.map { $0.value(of: "shot") } == [.integer(1), .integer(5)])
  }

  @Test func anotherSeedIsAsIfTheFileSaidSo() throws {
    let text = """
      # seed: 3
      suite: s
      version: 1
      seed:  2017   # of all
      grid: { algorithm: protonet, dataset: strokes, way: 5, shot: 1 }
      protocol: { train: { iterations: 1, metaBatch: 1, query: 1 }, test: { episodes: 2, query: 1 } }
      """
    let suite = try Suite(yaml: text, file: "small.yaml")
    let other = try suite.reseeded(5)
    #expect(other.source == text.replacing("2017", with: "5"))
    #expect(other.cells[0].configuration != suite.cells[0].configuration)
  }
}
