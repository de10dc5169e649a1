import Episodes
import Experiments
import FewShotCells
import Foundation
import Results
import Storage
import Suites
import TemporaryFolders
import Testing

/// What runs make of a dataset of which not all images were imported.
@Suite struct IncompleteImportTests {
  let folder: TemporaryFolder

  /// miniImageNet with 3 images of each class, 2 of one.
  init() throws {
    folder = try TemporaryFolder()
    try ImportedClasses(
      of: "mini-imagenet", lists: "mini-imagenet/ravi", side: 84, count: { $0 == 5 ? 2 : 3 }
    ).write(to: folder.file("mini-imagenet.h5"))
  }

  private func run(_ algorithm: String, shot: Int, query: Int) throws -> SuiteRunner.Summary {
    let suite = try Suite(
      yaml: """
        suite: incomplete
        version: 1
        seed: 1
        grid: { algorithm: \(algorithm), dataset: mini-imagenet, way: 2, shot: \(shot) }
        protocol:
          train: { iterations: 1, metaBatch: 1, query: 2 }
          test: { episodes: 2, query: \(query) }
        """, file: "incomplete.yaml", catalog: .standard)
    return try SuiteRunner(
      suite: suite, folder: ResultsFolder(url: folder.file("results")),
      datasets: OpenDatasets(data: folder.url)
    ).run(suite.cells)
  }

  @Test func resultsTellHowManyImagesThereWere() throws {
    #expect(try run("nearest-neighbor", shot: 1, query: 2).done == 1)
    let record = try #require(try ResultsFolder(url: folder.file("results")).records().first)
    let provenance = try #require(Provenance(json: record.provenance))
    #expect(
      provenance.examplesPerClass == [
        "mini-imagenet/ravi/train": .init(fewest: 2, most: 3, complete: 600),
        "mini-imagenet/ravi/validation": .init(fewest: 3, most: 3, complete: 600),
        "mini-imagenet/ravi/test": .init(fewest: 3, most: 3, complete: 600),
      ])
    #expect(provenance.data["mini-imagenet/ravi/train"]?.count == 64)
  }

  @Test func episodesThatTakeMoreAreRefusedBeforeAnythingRuns() throws {
    let test = EpisodesError.tooFewExamples(
      dataset: "mini-imagenet", part: .test, available: 3, complete: 600, needed: 4)
    #expect(throws: test) { try run("nearest-neighbor", shot: 2, query: 2) }
    // Two queries per training class, and one class with two images.
    let train = EpisodesError.tooFewExamples(
      dataset: "mini-imagenet", part: .train, available: 2, complete: 600, needed: 3)
    #expect(throws: train) { try run("maml", shot: 1, query: 1) }
    #expect("\(train)".contains("2 of 600 examples in some training class, but an episode takes 3"))
  }
}
