import Experiments
import FewShotCells
import Foundation
import Results
import Suites
import TemporaryFolders
import Tensors
import Testing

/// Stored results are checked, whole and tampered with.
@Suite(.serialized)
struct CellVerifierTests {
  private static let datasets = OpenDatasets(data: URL(fileURLWithPath: "/nowhere"))

  /// Two adapting cells, one with running statistics, and one that learns nothing.
  private static let audited = try! Suite(
    yaml: """
      suite: audited
      version: 1
      seed: 5
      grid:
        algorithm: [maml, { name: nearest-neighbor, features: [pixels, pretrained] }]
        dataset: gaussians
        way: 3
        shot: 1
        repeat: 2
      protocol:
        train: { iterations: 20, metaBatch: 4, query: 3, validateEvery: 10, validationEpisodes: 4 }
        test: { episodes: 40, query: 20 }
      settings:
        maml: { network: no-conv }
        nearest-neighbor: { network: no-conv, pretrainBatch: 16 }
      override:
        - { when: { algorithm: nearest-neighbor }, set: { batchNorm: running } }
      store: { parameters: first-repeat }
      """, file: "audited.yaml", catalog: .standard)

  private let folder: TemporaryFolder
  private var results: ResultsFolder { ResultsFolder(url: folder.url) }
  private var verifier: CellVerifier {
    CellVerifier(suite: Self.audited, folder: results, datasets: Self.datasets)
  }

  init() throws {
    folder = try TemporaryFolder()
    Workers.threads = 2
    _ = try SuiteRunner(suite: Self.audited, folder: results, datasets: Self.datasets)
      .run(Self.audited.cells)
  }

  private func cell(_ beginning: String) -> Cell {
    Self.audited.cells.first { $0.id.hasPrefix(beginning) }!
  }

  /// Writes a cell's result again, changed.
  private func rewrite(_ cell: Cell, _ change: (inout CellRecord) -> Void) throws {
    let file = results.file(for: cell.id)
    var record = try CellFile.read(file, includingParameters: true)
    change(&record)
    try CellFile.write(record, to: file, replacing: true)
  }

  /// What a result keeps must be all that testing it again needs.
  @Test func everySystemIsRecomputedFromItsResult() throws {
    let folder = try TemporaryFolder()
    let results = ResultsFolder(url: folder.url)
    _ = try SuiteRunner(suite: .systems, folder: results, datasets: Self.datasets)
      .run(Suite.systems.cells)
    let verifier = CellVerifier(suite: .systems, folder: results, datasets: Self.datasets)
    for cell in Suite.systems.cells {
      let result = try verifier.verify(cell)
      #expect(result.problems == [], "\(cell.id)")
      #expect(result.extent == .recomputed && result.largestDifference == 0, "\(cell.id)")
    }
  }

  @Test func untouchedResultsPassOnAnyNumberOfThreads() throws {
    for threads in [1, 3] {
      Workers.threads = threads
      var verifier = verifier
      verifier.episodes = nil
      for cell in Self.audited.cells {
        let result = try verifier.verify(cell)
        #expect(result.problems == [])
        #expect(result.isExact && result.largestDifference == 0)
        #expect(result.episodes == Array(0..<40))
        let keepsAll = cell.repetition == 0 || !cell.plan.isTrained
        #expect(result.extent == (keepsAll ? .recomputed : .episodes))
      }
    }
  }

  @Test func theChoiceOfEpisodesIsAddressedBySeedAndCell() throws {
    var verifier = verifier
    let first = try verifier.verify(cell("maml")).episodes
    #expect(first.count == 5 && first == first.sorted() && Set(first).count == 5)
    #expect(try verifier.verify(cell("maml")).episodes == first)
    verifier.seed = 2
    #expect(try verifier.verify(cell("maml")).episodes != first)
  }

  @Test func aBitFlippedInTheFileFailsByItsChecksumAndNamesTheCell() throws {
    let cell = cell("maml")
    let file = results.file(for: cell.id)
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    let problems = try verifier.verify(cell).problems
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix(cell.id) && problems[0].contains("checksum"))
  }

  @Test func aFileWithoutItsChecksumFails() throws {
    let cell = cell("maml")
    let file = results.file(for: cell.id)
    try Data(contentsOf: file).dropLast(16).write(to: file)
    #expect(try verifier.verify(cell).problems[0].contains("does not end with a checksum"))
  }

  @Test(arguments: ["maml", "nearest-neighbor-pretrained"])
  func aParametersBitFlippedByTheWriterFailsAndNamesCellAndEpisode(_ algorithm: String) throws {
    let cell = cell(algorithm)
    try rewrite(cell) { record in
      let flipped = record.parameters[0].values[0].bitPattern ^ 1 << 29
      record.parameters[0].values[0] = Float(bitPattern: flipped)
    }
    var verifier = verifier
    verifier.episodes = nil
    let problem = try #require(try verifier.verify(cell).problems.first)
    #expect(problem.hasPrefix("\(cell.id): test episode "))
    #expect(problem.contains("accuracy after"))
  }

  @Test func aRunningStatisticIsAmongWhatIsRecomputedWith() throws {
    let cell = cell("nearest-neighbor-pretrained")
    try rewrite(cell) { record in
      let index = record.parameters.firstIndex { $0.name == "running0/variance" }!
      for place in record.parameters[index].values.indices where place % 2 == 0 {
        record.parameters[index].values[place] *= 1000
      }
    }
    var verifier = verifier
    verifier.episodes = nil
    #expect(try verifier.verify(cell).problems.first?.contains("test episode") == true)
  }

  @Test func parametersThatLackTheRunningStatisticsFail() throws {
    let cell = cell("nearest-neighbor-pretrained")
    try rewrite(cell) { $0.parameters.removeAll { $0.name.hasPrefix("running") } }
    let problems = try verifier.verify(cell).problems
    #expect(problems.first?.contains("running statistics") == true)
  }

  @Test func aScoreADigestAndAConfigurationThatWereChangedAreNamed() throws {
    var verifier = verifier
    verifier.episodes = nil
    let pixels = cell("nearest-neighbor-pixels")
    try rewrite(pixels) { $0.test.scores[7] += 1e-15 }
    #expect(try verifier.verify(pixels).problems.first?.contains("test episode 7: accuracy") == true)

    let maml = Self.audited.cells.first { $0.algorithm == "maml" && $0.repetition == 1 }!
    try rewrite(maml) { $0.test.digests[3] ^= 1 }
    #expect(
      try verifier.verify(maml).problems.first?.contains("test episode 3 is another task") == true)

    let other = cell("nearest-neighbor-pretrained")
    try rewrite(other) { $0.configuration = $0.configuration.replacing("20", with: "30") }
    #expect(try verifier.verify(other).problems.first?.contains("configuration") == true)
  }

  @Test func onAnotherCPUScoresMayDifferByAnAnswerOrTwo() throws {
    let cell = cell("maml")
    func elsewhere(_ record: inout CellRecord) {
      var made = Provenance(json: record.provenance)!
      made.kernels = "another library's"
      record.provenance = made.json
    }
    var verifier = verifier
    verifier.episodes = nil
    try rewrite(cell) {
      elsewhere(&$0)
      $0.test.scores[0] += 2 / 60.0
    }
    let result = try verifier.verify(cell)
    #expect(result.problems == [] && !result.isExact && result.largestDifference > 0)
    try rewrite(cell) { $0.test.scores[0] += 1 / 60.0 }
    #expect(try verifier.verify(cell).problems.count == 1)
  }

  @Test func trainingAgainComesToTheSameBitsAndFindsWhatDiffers() throws {
    let again = try TemporaryFolder()
    let second = ResultsFolder(url: again.url)
    _ = try SuiteRunner(suite: Self.audited, folder: second, datasets: Self.datasets)
      .run(Self.audited.cells)
    for cell in Self.audited.cells {
      let result = verifier.compare(cell, with: second)
      #expect(result.problems == [] && result.extent == .retrained)
    }
    let cell = Self.audited.cells.last!
    try rewrite(cell) { $0.training[0].loss += 1e-9 }
    #expect(
      verifier.compare(cell, with: second).problems.first?.contains("the training loss") == true)
  }
}
