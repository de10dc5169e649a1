import FewShotCells
import Foundation
import Measures
import Results
import Storage
import TemporaryFolders
import Testing

@Suite struct CellFileTests {
  @Test func whatIsWrittenIsReadBack() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("results/a.h5")
    var record = CellRecord.sample(parameters: .sample)
    record.peakMemory = 3 << 30
    try CellFile.write(record, to: url)

    let whole = try CellFile.read(url, includingParameters: true)
    #expect(whole.parameters == record.parameters)
    #expect(whole.digest == record.digest)
    let read = try CellFile.read(url)
    #expect(read.parameters.isEmpty)
    #expect(read.digest == record.digest)
    #expect(read.suite == "omniglot-5way" && read.cell == record.cell)
    #expect(read.algorithm == "maml" && read.dataset == "omniglot" && read.split == "vinyals")
    #expect(read.coordinates == record.coordinates && read.repetition == 0)
    #expect(read.task == "omniglot-5way-1shot" && read.variant.isEmpty && read.kind == "few-shot")
    #expect(read.metric == .accuracy && read.status == .done)
    #expect(read.configuration == record.configuration && read.provenance == record.provenance)
    #expect(read.test == record.test)
    #expect(read.training == record.training)
    #expect(read.validation == record.validation)
    #expect(read.peakMemory == 3 << 30)

    record.peakMemory = nil
    try CellFile.write(record, to: url, replacing: true)
    #expect(try CellFile.read(url).peakMemory == nil)
  }

  /// Numbers, whole numbers, words and flags, and a trial that diverged.
  @Test func trialsOfSettingsAreReadBackAndPartOfTheDigest() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    func trial(_ number: Double, _ word: String, _ scores: [Double]) -> TuningRecord.Trial {
      .init(
        values: Coordinates([
          .init("rate", .number(number)), .init("hidden", .integer(8)), .init("cell", .text(word)),
          .init("decay", .flag(number > 1)),
        ]), scores: scores, iterations: 20, seconds: 1.5)
    }
    var record = CellRecord.sample()
    let plain = record.digest
    record.tuning = TuningRecord(
      trials: [trial(0.1, "lstm", [0.5, 1]), trial(10, "gru", []), trial(1, "lstm", [0.25, 0])], chosen: 0)
    try CellFile.write(record, to: url)
    #expect(try CellFile.read(url).tuning == record.tuning)
    #expect(record.digest != plain)
    var other = record
    other.tuning?.trials[2].seconds = 9
    #expect(other.digest == record.digest)
    other.tuning?.chosen = 2
    #expect(other.digest != record.digest)
    #expect(record.firstDifference(from: other) == "what was chosen")
    other = record
    other.tuning?.trials[2].scores[1] = 0.5
    #expect(record.firstDifference(from: other) == "trial 2, validation episode 1: 0.0, now 0.5")
  }

  @Test func picturesAreReadBackAndNoPartOfTheDigest() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    var record = CellRecord.sample()
    let plain = record.digest
    record.pictures = [
      PictureSheet(
        name: "colours", title: "Colours", caption: "Two of them.", rows: 1, columns: 2, height: 1, width: 2,
        channels: 3, pixels: Array(0..<12)),
      PictureSheet(
        name: "grays", title: "Grays", caption: "From dark to bright.", height: 1, width: 1, channels: 1,
        pictures: [[[-1]], [[0.5]], [[2]], [[.nan]], [[.infinity]]]),
    ]
    try CellFile.write(record, to: url)
    let read = try CellFile.read(url).pictures
    #expect(read == record.pictures && read[1].pixels == [0, 128, 255, 128, 255])
    #expect(record.digest == plain)
  }

  /// Panels in which more and less was told.
  @Test func curvesAreReadBackAndNoPartOfTheDigest() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    var record = CellRecord.sample()
    let plain = record.digest
    func panel(_ told: Int) -> CurveSheet.Panel {
      .init(
        heading: "\(told) points", told: (0..<told).map { .init(x: Double($0), y: -1) },
        truth: [.init(x: 0, y: 1), .init(x: 2, y: 3)], x: [0, 1, 2], mean: [0.5, 1.5, 2.5], deviation: [1, 2, 3])
    }
    record.curves = [
      CurveSheet(name: "curves", title: "Curves", caption: "Two.", columns: 2, panels: [panel(1), panel(3)]),
      CurveSheet(name: "blind", title: "Blind", caption: "Nothing was told.", columns: 1, panels: [panel(0)]),
    ]
    try CellFile.write(record, to: url)
    #expect(try CellFile.read(url).curves == record.curves)
    #expect(record.digest == plain)
  }

  /// Two rows of three pictures of 2 x 1, and the lines between them.
  @Test func aSheetIsOnePicture() {
    let sheet = PictureSheet(
      name: "sheet", title: "", caption: "", rows: 2, columns: 3, height: 2, width: 1, channels: 1,
      pixels: Array(1...12))
    let (height, width) = sheet.size
    #expect(height == 5 && width == 5)
    let rows: [[UInt8]] = [
      [1, 128, 3, 128, 5], [2, 128, 4, 128, 6], [128, 128, 128, 128, 128], [7, 128, 9, 128, 11], [8, 128, 10, 128, 12],
    ]
    #expect(sheet.picture == rows.flatMap(\.self))
  }

  @Test func equalRecordsGiveEqualBytes() throws {
    let folder = try TemporaryFolder()
    for name in ["a.h5", "b.h5"] {
      try CellFile.write(.sample(parameters: .sample), to: folder.file(name))
    }
    #expect(try Data(contentsOf: folder.file("a.h5")) == Data(contentsOf: folder.file("b.h5")))
  }

  @Test func digestLeavesOutSecondsAndProvenanceAndNothingElse() {
    let record = CellRecord.sample(parameters: .sample)
    var other = record
    other.training[1].seconds = 99
    other.peakMemory = 1
    other.provenance = "{}"
    other.suite = "another"
    #expect(other.digest == record.digest)

    let changes: [(inout CellRecord) -> Void] = [
      { $0.test.scores[5] += 0.01 }, { $0.test.digests[1] += 1 }, { $0.cell = "x" },
      { $0.training[1].loss = 0.7 }, { $0.training[1].iteration = 11 },
      { $0.validation[1].scores[0] = 0.6 }, { $0.validation[0].iteration = 1 },
      { $0.parameters[0].values[1] = 0 }, { $0.parameters[0].name = "block2/bias" },
      { $0.configuration = "{}" }, { $0.status = .failed("") }, { $0.coordinates = Coordinates([.init("way", .integer(5)), .init("shot", .integer(5)), .init("query", .integer(15))]) },
      { $0.parameters = [] }, { $0.repetition = 1 }, { $0.metric = .loss },
    ]
    for change in changes {
      var other = record
      change(&other)
      #expect(other.digest != record.digest)
    }
  }

  @Test(arguments: [
    CellRecord.Status.failed("no memory"), .diverged("the loss is NaN at iteration 7"),
  ])
  func cellThatFailedIsAFileTooAndMayBeRunAgain(_ status: CellRecord.Status) throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    var record = CellRecord.sample(status: status)
    record.test = .empty
    record.training = []
    record.validation = []
    try CellFile.write(record, to: url)
    let read = try CellFile.read(url)
    #expect(read.status == status)
    #expect(read.test == .empty && read.training.isEmpty && read.validation.isEmpty)
    try CellFile.write(.sample(), to: url)
    #expect(try CellFile.read(url).status == .done)
  }

  @Test func finishedResultIsReplacedOnlyIfAsked() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    let record = CellRecord.sample()
    try CellFile.write(record, to: url)
    var slower = record
    slower.training[1].seconds = 99
    try CellFile.write(slower, to: url)
    #expect(try CellFile.read(url).training == record.training)

    var other = record
    other.test.scores[0] = 0.125
    #expect(throws: ResultsError.exists(file: url.path)) { try CellFile.write(other, to: url) }
    #expect(try CellFile.read(url).digest == record.digest)
    try CellFile.write(other, to: url, replacing: true)
    #expect(try CellFile.read(url).digest == other.digest)
  }

  @Test func foreignFilesAreTold() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    let foreign = try HDF5File.create(at: url)
    try foreign.write("/test/accuracy", [1.0], shape: [1])
    try foreign.close()
    #expect(throws: ResultsError.foreign(file: url.path, wanted: "cell")) {
      try CellFile.read(url)
    }
    #expect(throws: ResultsError.self) { try CellFile.write(.sample(), to: url) }

    let newer = try HDF5File.create(at: url)
    try newer.setAttribute("format", "metabench cell")
    try newer.setAttribute("schema", 99)
    try newer.close()
    #expect(throws: ResultsError.newer(file: url.path, schema: 99, known: 2)) {
      try CellFile.read(url)
    }

    try AtomicFile.write("not a result", to: url)
    #expect(throws: StorageError.notHDF5(file: url.path)) { try CellFile.read(url) }
  }

  @Test func changedNumbersAreToldAndFilesThatAnotherProgramOpenedForWriting() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    try CellFile.write(.sample(parameters: .sample), to: url)
    let bytes = try Data(contentsOf: url)
    let score = try #require(
      bytes.firstRange(of: withUnsafeBytes(of: 7.0 / 75) { Data($0) }), "scores are stored plainly")
    var changed = bytes
    changed[score.lowerBound + 6] ^= 1
    try changed.write(to: url)
    #expect(throws: StorageError.damaged(file: url.path, reason: "its checksum is wrong")) {
      try CellFile.read(url)
    }
    // h5py leaves the checksum out, whether it changes anything or not.
    try bytes.dropLast(16).write(to: url)
    #expect(throws: StorageError.unsealed(file: url.path)) { try CellFile.read(url) }
  }

  @Test func fullVolumeAndUnwritableFolderChangeNothing() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("", to: folder.file("file"))
    #expect(throws: StorageError.self) {
      try CellFile.write(.sample(), to: folder.file("file/a.h5"))
    }
    guard let volume = try SmallVolume(kilobytes: 1024) else { return }
    let url = volume.folder.file("a.h5")
    try CellFile.write(.sample(status: .failed("first")), to: url)
    #expect(throws: StorageError.noSpace(file: url.path)) {
      try CellFile.write(.sample(episodes: 100_000), to: url)
    }
    #expect(try CellFile.read(url).status == .failed("first"))
    #expect(try volume.folder.names() == ["a.h5"])
  }

  @Test func diagnosticsAreKeptAndPartOfTheDigest() throws {
    let folder = try TemporaryFolder()
    var record = CellRecord.sample()
    let plain = record.digest
    let accuracies = TestDiagnostic(
      name: "support-accuracy", values: (0..<8).map { Double($0) / 8 }, steps: 1)
    let norms = TestDiagnostic(name: "norm", values: [1, 2, 3, 4], steps: 0)
    record.test = TestOutcomes(
      scores: record.test.scores, steps: record.test.steps, digests: record.test.digests,
      diagnostics: [accuracies, norms])
    #expect(record.digest != plain)
    let url = folder.url.appendingPathComponent("cell.h5")
    try CellFile.write(record, to: url)
    let read = try CellFile.read(url)
    #expect(read.test == record.test)
    #expect(read.test.recorded.map(\.metric.name) == ["norm", "support-accuracy"])
    let after = Measure(outcome: "support-accuracy", at: ["steps": 1])
    #expect(read.test.values(by: after) == [0.125, 0.375, 0.625, 0.875])
    #expect(read.test["support-loss"] == nil)
  }

  @Test func whatAnotherProgramRecordedBesideTheScoresIsNamed() {
    func record(_ name: String) -> CellRecord {
      var record = CellRecord.sample()
      record.test = TestOutcomes(
        scores: record.test.scores, steps: record.test.steps, digests: record.test.digests,
        diagnostics: [TestDiagnostic(name: name, values: [1, 2, 3, 4], steps: 0)])
      return record
    }
    #expect(
      record("rate-spread").firstDifference(from: record("rate-ratio"))
        == "what is recorded: accuracy, rate-spread, now accuracy, rate-ratio")
    #expect(record("rate-ratio").firstDifference(from: record("rate-ratio")) == nil)
  }
}
