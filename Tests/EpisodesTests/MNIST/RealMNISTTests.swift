import Episodes
import Foundation
import Storage
import TemporaryFolders
import Testing

/// The folder with the archives of real datasets; tests that need it are skipped where it is unset.
private let source = ProcessInfo.processInfo.environment["METABENCH_DATA_SOURCE"]

@Suite(.enabled(if: source != nil, "set METABENCH_DATA_SOURCE to the folder of the archives"))
struct RealMNISTTests {
  let files = URL(fileURLWithPath: source ?? "/").appendingPathComponent("mnist")

  @Test func theOfficialFilesBecomeTheThreeParts() throws {
    let folder = try TemporaryFolder()
    let summary = try DataFetcher.fetch("mnist", into: folder.url, from: files.absoluteString)
    #expect(summary.classes == 10 && summary.examples == 70_000)
    #expect(summary.digest.hasPrefix("9dcc65ff183a7578"))
    let split = try #require(Datasets.named("mnist")?.splits[0])
    let counts: [Part: [Int]] = [
      .train: [4932, 5678, 4968, 5101, 4859, 4506, 4951, 5175, 4842, 4988],
      .validation: [991, 1064, 990, 1030, 983, 915, 967, 1090, 1009, 961],
      .test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
    ]
    for part in Part.allCases {
      let images = try #require(
        try Datasets.open("mnist", split: "official", part: part, data: folder.url)
          as? LabelledImages)
      #expect(images.count == split.images[part])
      #expect((0..<10).map { digit in images.labels.count { $0 == digit } } == counts[part])
      #expect(split.examplesPerClass <= counts[part]!.min()!)
    }
  }

  @Test func theFilesOfAFolderAreFoundAndOthersOfTheirShapeAreRefused() throws {
    let folder = try TemporaryFolder()
    #expect(try MNISTImporter.run(files: [files], into: folder.url).examples == 70_000)
    // Fashion-MNIST, for one, has files of the same names and shapes.
    let fashion = folder.file("t10k-labels-idx1-ubyte")
    let labels = [UInt8](repeating: 3, count: 10_000)
    try Data([0, 0, 8, 1, 0, 0, 0x27, 0x10] + labels).write(to: fashion)
    #expect(
      throws: EpisodesError.notMNIST(
        file: fashion.path, reason: "it has the shape of one, but not the content")
    ) { try MNISTImporter.run(files: [fashion], into: folder.url) }
  }
}
