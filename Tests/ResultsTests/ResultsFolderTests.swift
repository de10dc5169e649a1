import FewShotCells
import Foundation
import Measures
import Results
import Storage
import TemporaryFolders
import Testing

@Suite struct ResultsFolderTests {
  @Test func listsResultsSortedAndNothingElse() throws {
    let temporary = try TemporaryFolder()
    let folder = ResultsFolder(url: temporary.file("suite"))
    #expect(try folder.cells().isEmpty && folder.records().isEmpty)
    for number in [2, 0, 1] {
      let record = CellRecord.sample(number)
      try CellFile.write(record, to: folder.file(for: record.cell))
    }
    let cell = CellRecord.sample(7).cell
    let checkpoint = Checkpoint(
      cell: cell, configurationDigest: "", iteration: 1, learned: Archive())
    try checkpoint.write(to: folder.checkpoint(for: cell))
    try AtomicFile.write("", to: folder.url.appendingPathComponent("notes.txt"))
    try AtomicFile.write("", to: folder.url.appendingPathComponent(".a.h5.1-1.partial"))

    #expect(try folder.records().map(\.repetition) == [0, 1, 2])
    #expect(try folder.isDone(CellRecord.sample(1).cell))
    #expect(try folder.isDone(cell) == false)
    #expect(try folder.status(of: cell) == nil)
    #expect(try folder.readCheckpoint(for: cell) == checkpoint)
    try folder.removeCheckpoint(for: cell)
    try folder.removeCheckpoint(for: cell)
    #expect(try folder.readCheckpoint(for: cell) == nil)
  }

  /// What a run left that was killed between writing a result and removing the checkpoint.
  @Test func aCheckpointOlderThanItsResultIsRemoved() throws {
    let temporary = try TemporaryFolder()
    let folder = ResultsFolder(url: temporary.url)
    let record = CellRecord.sample()
    func write() throws {
      try Checkpoint(cell: record.cell, configurationDigest: "", iteration: 1, learned: Archive())
        .write(to: folder.checkpoint(for: record.cell))
    }
    try write()
    try folder.removeOutdatedCheckpoint(for: record.cell)
    #expect(try folder.readCheckpoint(for: record.cell) != nil)
    try CellFile.write(record, to: folder.file(for: record.cell))
    try folder.removeOutdatedCheckpoint(for: record.cell)
    #expect(try folder.readCheckpoint(for: record.cell) == nil)
    // A cell that is being made again.
    try write()
    let later = [FileAttributeKey.modificationDate: Date.now + 60]
    try FileManager.default.setAttributes(later, ofItemAtPath: folder.checkpoint(for: record.cell).path)
    try folder.removeOutdatedCheckpoint(for: record.cell)
    #expect(try folder.readCheckpoint(for: record.cell) != nil)
  }

  @Test func aResultUnderAnotherNameIsTold() throws {
    let temporary = try TemporaryFolder()
    let folder = ResultsFolder(url: temporary.url)
    try CellFile.write(.sample(), to: folder.file(for: "other"))
    let error = ResultsError.otherCell(
      file: folder.file(for: "other").path, expected: "other", found: CellRecord.sample().cell)
    #expect(throws: error) { try folder.records() }
    #expect(throws: error) { try folder.isDone("other") }
  }

  @Test func aFileInPlaceOfTheFolderIsTold() throws {
    let temporary = try TemporaryFolder()
    try AtomicFile.write("", to: temporary.file("suite"))
    #expect(throws: StorageError.self) {
      try ResultsFolder(url: temporary.file("suite")).records()
    }
  }

  @Test func aHundredCellsOfSixHundredEpisodesAreReadAtOnce() throws {
    // It takes 0.07 s where nothing else runs.
    let temporary = try TemporaryFolder()
    let folder = ResultsFolder(url: temporary.url)
    for number in 0..<100 {
      let record = CellRecord.sample(number, episodes: 600)
      try CellFile.write(record, to: folder.file(for: record.cell))
    }
    var records: [CellRecord] = []
    let duration = try ContinuousClock().measure { records = try folder.records() }
    #expect(records.count == 100)
    #expect(duration < .seconds(2))
  }
}
