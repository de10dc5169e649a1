import Foundation
import Measures
import Results
import Storage
import TemporaryFolders
import Testing

@Suite struct CheckpointTests {
  private let checkpoint = Checkpoint(
    cell: "maml-sinusoid-r0", configurationDigest: "3f9a", dataDigest: "c1e0",
    trials: [
      .init(values: Coordinates([.init("rate", .number(0.5))]), scores: [0.5, 0], iterations: 9, seconds: 1)
    ], iteration: 250,
    learned: Archive(
      arrays: .sample, integers: ["adamStep": 250, "best": -1], numbers: ["bestLoss": [0.1 + 0.2, 7]]),
    lossSum: 0.5, seconds: 12.25,
    training: [TrainingRecord(iteration: 0, loss: 1.6, seconds: 0.5)],
    validation: [ValidationRecord(iteration: 0, scores: [0.2, 0.25, 0])],
    testSeconds: 3.5,
    test: TestOutcomes(
      [OutcomeArray(.accuracy, axes: [OutcomeAxis("learned", 1...2)], values: [0.5, 1, 0.25, 0.75])],
      digests: [7, 9]),
    testUnits: [0, 2],
    units: [
      1: .init(steps: 3, state: Archive(arrays: .sample, numbers: ["matrix": [0.5]])),
      12: .init(steps: 1, state: Archive(integers: ["task": 2])),
    ])

  @Test func whatIsWrittenIsReadBackInPlaceOfTheEarlierOne() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a/b.checkpoint.h5")
    try Checkpoint(cell: "", configurationDigest: "", iteration: 0, learned: Archive()).write(to: url)
    try checkpoint.write(to: url)
    #expect(try Checkpoint.read(url) == checkpoint)
  }

  @Test func damagedAndForeignCheckpointsAreTold() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.checkpoint.h5")
    try checkpoint.write(to: url)
    var bytes = try Data(contentsOf: url)
    let value = try #require(bytes.firstRange(of: withUnsafeBytes(of: Float(-0.25)) { Data($0) }))
    bytes[value.lowerBound + 2] ^= 1
    try bytes.write(to: url)
    #expect(throws: StorageError.self) { try Checkpoint.read(url) }
    try bytes.dropLast(16).write(to: url)
    #expect(throws: StorageError.unsealed(file: url.path)) { try Checkpoint.read(url) }
    try bytes.prefix(bytes.count / 2).write(to: url)
    #expect(throws: StorageError.self) { try Checkpoint.read(url) }
    try CellFile.write(.sample(), to: url, replacing: true)
    #expect(throws: ResultsError.foreign(file: url.path, wanted: "checkpoint")) {
      try Checkpoint.read(url)
    }
  }
}
