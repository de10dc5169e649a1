import Episodes
import Foundation
import Randomness
import Storage
import TemporaryFolders
import Testing

/// The folder with the archives of real datasets; tests that need it are skipped where it is unset.
private let source = ProcessInfo.processInfo.environment["METABENCH_DATA_SOURCE"]

@Suite(.enabled(if: source != nil, "set METABENCH_DATA_SOURCE to the folder of the archives"))
struct RealMiniImageNetTests {
  let archives = URL(fileURLWithPath: source ?? "/").appendingPathComponent("miniimagenet")

  @Test func theValidationArchiveBecomesTheValidationPart() throws {
    let folder = try TemporaryFolder()
    let summary = try MiniImageNetImporter.run(
      archives: [archives.appendingPathComponent("val.tar.xz")], into: folder.url)
    #expect(summary.classes == 16 && summary.examples == 9600)
    #expect(summary.note == "images per class: none in training and test, 600 in validation")

    // The 600 images of the first class, as Pillow decodes them.
    let file = try HDF5File.open(reading: summary.file)
    let digests = String(decoding: try file.bytes("/digests").values, as: UTF8.self)
    #expect(
      digests.prefix(64) == "cb3f1974fa3bf87efeb91d6f4b93033a006a3ecc881f125b5c6d6873c8d33752")

    let part = try Datasets.episodes(
      "mini-imagenet", split: "ravi", part: .validation, data: folder.url)
    #expect(part.classCount == 16)
    #expect(part.examplesPerClass == ExampleCount(fewest: 600, most: 600, complete: 600))
    let shape = EpisodeShape(way: 5, shot: 1, query: 15)
    let stream = RandomStream(seed: 2017)
    #expect(part.episode(shape, from: stream.child("episode", 0)).digest == 15_641_000_300_230_814_944)

    // Training on such an episode takes some 150 ms: making it must not be noticed.
    let start = ContinuousClock.now
    for index in 0..<20 { _ = part.episode(shape, from: stream.child("episode", index)) }
    #expect(ContinuousClock.now - start < .milliseconds(20 * 15))
  }
}
