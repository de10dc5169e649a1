import Episodes
import Foundation
import Randomness
import Storage
import TemporaryFolders
import Testing

/// The folder with the archives of real datasets; tests that need it are skipped where it is unset.
private let source = ProcessInfo.processInfo.environment["METABENCH_DATA_SOURCE"]

@Suite(.enabled(if: source != nil, "set METABENCH_DATA_SOURCE to the folder of the archives"))
struct RealOmniglotTests {
  let archives = URL(fileURLWithPath: source ?? "/").appendingPathComponent("omniglot")
  let digest = "96b9d0edb4fd1165b7e89cd64a70ec83711efcbb5ec9a0bdb3e7f9b6979ae5b3"

  @Test func theArchivesBecomeTheEpisodesOfAllSplits() throws {
    let folder = try TemporaryFolder()
    let summary = try OmniglotImporter.run(archives: [archives], into: folder.url)
    #expect(summary.classes == 1623 && summary.examples == 32_460)
    #expect(summary.digest == digest)

    for split in Datasets.named("omniglot")!.splits {
      for part in Part.allCases {
        let source = try open(split.name, part, folder)
        if split.name == "alphabets" {
          // An episode's ways are limited by the largest alphabet, minibatches are of all characters.
          let characters = OmniglotAlphabets.characters(of: part)
          #expect(source.classCount == characters.reduce(0) { $0 + $1.count })
          #expect(split.classes[part] == characters.map(\.count).max())
        } else {
          #expect(source.classCount == split.classes[part])
        }
      }
    }
    let test = try open("vinyals", .test, folder)
    let shape = EpisodeShape(way: 5, shot: 1, query: 15)
    let episode = test.episode(shape, from: RandomStream(seed: 2017).child("episode", 0))
    #expect(episode.digest == 6_854_462_516_281_714_326)
    #expect(test.digest.hasPrefix("ba5a2129a1d97c56"))
  }

  @Test func oneArchiveAloneIsNotEnough() throws {
    let folder = try TemporaryFolder()
    let background = archives.appendingPathComponent("images_background.zip")
    let error = #expect(throws: EpisodesError.self) {
      try OmniglotImporter.run(archives: [background], into: folder.url)
    }
    #expect(
      error == .missingCharacters(count: 659, of: 1623, first: "Angelic/character01"))
  }

  @Test func fetchingDownloadsAndImportsAndLaterDamageIsNoticed() throws {
    let folder = try TemporaryFolder()
    let summary = try DataFetcher.fetch(
      "omniglot", into: folder.url, from: archives.absoluteString)
    #expect(summary.digest == digest)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["omniglot.h5"])

    var bytes = try Data(contentsOf: summary.file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: summary.file)
    #expect(throws: EpisodesError.damaged(file: summary.file.path, dataset: "omniglot")) {
      try open("vinyals", .test, folder)
    }
  }

  func open(_ split: String, _ part: Part, _ folder: TemporaryFolder) throws -> any EpisodeSource {
    try Datasets.episodes("omniglot", split: split, part: part, data: folder.url)
  }
}
