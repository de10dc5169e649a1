import Foundation
import FewShotCells
import Measures
import Results
import Storage
import TemporaryFolders
import Testing

/// Numbers that cannot be, in files with right digests: each is refused with its place and what was found there.
@Suite struct ForgedNumberTests {
  struct Forgery: Sendable, CustomTestStringConvertible {
    let name: String, found: String
    let forge: @Sendable (inout CellRecord) -> Void
    var testDescription: String { "\(name): \(found)" }

    init(_ name: String, _ found: String, _ forge: @escaping @Sendable (inout CellRecord) -> Void) {
      (self.name, self.found, self.forge) = (name, found, forge)
    }
  }

  private static let forgeries = [
    Forgery("/train/iteration", "-1") { $0.training[0].iteration = -1 },
    Forgery("/train/iteration", "\(Int.max)") { $0.training[1].iteration = .max },
    Forgery("/train/loss", "nan") { $0.training[0].loss = .nan },
    Forgery("/train/loss", "1e+101") { $0.training[1].loss = 1e101 },
    Forgery("/train/seconds", "1e+20") { $0.training[1].seconds = 1e20 },
    Forgery("/train/seconds", "inf") { $0.training[1].seconds = .infinity },
    Forgery("/train/seconds", "-1.0") { $0.training[0].seconds = -1 },
    Forgery("/validation/iteration", "-5") { $0.validation[0].iteration = -5 },
    Forgery("/validation/accuracy", "2.0") { $0.validation[0].scores[1] = 2 },
    Forgery("/validation/accuracy", "nan") { $0.validation[1].scores[0] = .nan },
    Forgery("iterations", "-1") { $0.iterations = -1 },
    Forgery("iterations", "\(1 << 60)") { $0.iterations = 1 << 60 },
    Forgery("testSeconds", "inf") { $0.testSeconds = .infinity },
    Forgery("peakMemory", "-1") { $0.peakMemory = -1 },
    Forgery("repeat", "-1") { $0.repetition = -1 },
    Forgery("way", "-1") { $0.coordinates = Coordinates([.init("way", .integer(-1))]) },
    Forgery("way", "\(1 << 40)") { $0.coordinates = Coordinates([.init("way", .integer(1 << 40))]) },
    Forgery("rate", "nan") { $0.coordinates = Coordinates([.init("rate", .number(.nan))]) },
    Forgery("/tuning/seconds", "nan") { $0.tuning = tuning(iterations: 1, seconds: .nan) },
    Forgery("/tuning/iterations", "-7") { $0.tuning = tuning(iterations: -7, seconds: 1) },
    Forgery("pictures", "../../sheet") { $0.pictures = [sheet("../../sheet")] },
  ]

  private static func tuning(iterations: Int, seconds: Double) -> TuningRecord {
    TuningRecord(
      trials: [
        .init(values: Coordinates([.init("rate", .number(1))]), scores: [1], iterations: iterations, seconds: seconds)
      ], chosen: 0)
  }

  private static func sheet(_ name: String) -> PictureSheet {
    PictureSheet(
      name: name, title: "t", caption: "c", rows: 1, columns: 1, height: 1, width: 1, channels: 1, pixels: [0])
  }

  /// Writes a forged record, and gives the error of reading it.
  private func error(_ kind: String, _ forge: (inout CellRecord) -> Void) throws -> (error: ResultsError?, file: String) {
    let folder = try TemporaryFolder()
    let url = folder.file("cell.h5")
    var record = CellRecord.sample()
    record.kind = kind
    forge(&record)
    try CellFile.write(record, to: url)
    return (#expect(throws: ResultsError.self) { try CellFile.read(url) }, url.path)
  }

  @Test(arguments: [FirstKind.name, "continual"], forgeries)
  func numbersThatCannotBeAreRefused(kind: String, forgery: Forgery) throws {
    let (error, path) = try error(kind, forgery.forge)
    guard case .outOfRange(let file, let name, let found, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(file == path && name == forgery.name && found == forgery.found)
    #expect("\(error!)".contains("'\(forgery.name)' holds \(forgery.found) where "))
  }

  @Test(arguments: [FirstKind.name, "continual"], [2, -0.5, .nan, .infinity])
  func scoresThatAreNoSharesAreRefused(kind: String, score: Double) throws {
    let (error, _) = try error(kind) { $0.test = TestOutcomes(scores: [0.5, score], steps: 1, digests: [1]) }
    guard case .outOfRange(_, let name, let found, let expected) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(name == (kind == FirstKind.name ? "/test/accuracy" : "/outcomes/accuracy/values"))
    #expect(found == "\(score)" && expected == "shares from 0 to 1")
  }

  /// Such a cell is one of a run that went wrong, and told so.
  @Test(arguments: [FirstKind.name, "continual"]) func aDivergedCellMayHoldWhatIsNoNumber(kind: String) throws {
    let folder = try TemporaryFolder()
    var record = CellRecord.sample(status: .diverged("a test score is not finite"))
    record.kind = kind
    record.test = TestOutcomes(scores: [0.5, .nan], steps: 1, digests: [1])
    try CellFile.write(record, to: folder.file("cell.h5"))
    #expect(try CellFile.read(folder.file("cell.h5")).digest == record.digest)
  }

  struct BrokenCheckpoint: Sendable, CustomTestStringConvertible {
    let words: String
    let forge: @Sendable (inout Checkpoint) -> Void
    var testDescription: String { words }
  }

  private static let checkpoints: [BrokenCheckpoint] = [
    .init(words: "'iteration' holds -1") { $0.iteration = -1 },
    .init(words: "'iteration' holds \(1 << 50)") { $0.iteration = 1 << 50 },
    .init(words: "'/seconds' holds -1.0") { $0.seconds = -1 },
    .init(words: "'/testSeconds' holds inf") { $0.testSeconds = .infinity },
    .init(words: "'/lossSum' holds nan") { $0.lossSum = .nan },
    .init(words: "'/units/number' holds -3") { $0.testUnits[0] = -3 },
    .init(words: "numbers of their own") { $0.testUnits[1] = $0.testUnits[0] },
    .init(words: "numbers of their own") { $0.units = [1: .init(steps: 1, state: Archive())] },
    .init(words: "'unit7Steps' holds \(1 << 62)") { $0.units = [7: .init(steps: 1 << 62, state: Archive())] },
    .init(words: "'/integers of learned/step' holds \(1 << 60)") { $0.learned.integers["step"] = 1 << 60 },
    .init(words: "no shape of a parameter") {
      $0.learned.arrays = [NamedArray(name: "a", shape: [1, 1, 1, 1, 1, 1], values: [1])]
    },
  ]

  @Test(arguments: checkpoints) func checkpointsThatCannotBeAreRefused(_ broken: BrokenCheckpoint) throws {
    let folder = try TemporaryFolder()
    let url = folder.file("cell.checkpoint.h5")
    var checkpoint = Checkpoint(
      cell: "cell", configurationDigest: "digest", iteration: 5, learned: Archive(),
      test: TestOutcomes(scores: [0.5, 1], steps: 0, digests: [1, 2]), testUnits: [0, 1])
    broken.forge(&checkpoint)
    try checkpoint.write(to: url)
    let error = #expect(throws: ResultsError.self) { try Checkpoint.read(url) }
    #expect("\(error!)".contains(broken.words) && "\(error!)".contains(url.path))
  }
}
