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
        if let division = OmniglotSplit(rawValue: split.name)?.alphabets {
          // An episode's ways are limited by the largest alphabet, minibatches are of all characters.
          let characters = division.characters(of: part)
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

  /// The images of `all_runs.zip` are the drawings that the program knows the official runs by: those of the
  /// support in order, those of the queries in an order of their own, with the labels that the archive gives them.
  @Test func theOfficialRunsAreTheDrawingsOfTheArchive() throws {
    let folder = try TemporaryFolder()
    _ = try OmniglotImporter.run(archives: [archives], into: folder.url)
    let source = try #require(
      try Datasets.open("omniglot", split: "koch", part: .test, data: folder.url) as? any AlphabetSource)
    var images: [String: [UInt8]] = [:]
    var labels: [Substring: Substring] = [:]
    for (path, content) in PackedFiles(reading: archives.appendingPathComponent("all_runs.zip")).files {
      if path.hasSuffix(".png") { images[path] = OmniglotDrawing.reduced(try OmniglotDrawing.ink(png: content, entry: path)) }
      guard path.hasSuffix("class_labels.txt") else { continue }
      for line in String(decoding: content, as: UTF8.self).split(separator: "\n") {
        let two = line.split(separator: " ")
        labels[two[0]] = two[1]
      }
    }
    #expect(images.count == 800 && labels.count == 400)
    func pixels(_ place: DrawingPlace) -> [UInt8] {
      source.drawings(at: [place]).elements.map { UInt8(($0 * 255).rounded()) }
    }
    func two(_ number: Int) -> String { (number < 9 ? "0" : "") + "\(number + 1)" }
    for (index, run) in Datasets.named("omniglot")!.split(named: "koch")!.officialRuns.enumerated() {
      let queries = Set(run.queries.map(pixels))
      for place in 0..<20 {
        let support = "run\(two(index))/training/class\(two(place)).png"
        #expect(images[support] == pixels(run.support[place]), "\(support)")
        let item = "run\(two(index))/test/item\(two(place)).png"
        let image = try #require(images[item])
        #expect(queries.contains(image))
        let label = try #require(labels[Substring(item)])
        let character = try #require(Int(label.dropLast(4).suffix(2))) - 1
        #expect(image == pixels(run.queries[character]), "\(item)")
      }
    }
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
