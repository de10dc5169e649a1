import Episodes
import Foundation
import Randomness
import Storage
import TemporaryFolders
import Testing

@Suite struct CIFAR100ImporterTests {
  let folder: TemporaryFolder
  let data: URL
  let tar: URL
  var archive: RecordArchive

  init() throws {
    folder = try TemporaryFolder()
    data = folder.file("data")
    tar = folder.file("cifar-100-binary.tar.gz")
    archive = try RecordArchive()
  }

  @Test func oneImportServesBothDatasets() throws {
    archive.packed.writeTar(tar)
    let summary = try run([tar])
    #expect(summary.classes == 100 && summary.examples == 400)
    #expect(summary.file == data.appendingPathComponent("cifar-100.h5"))
    #expect(summary.note!.hasPrefix("images per class: 4 (of 600) in training and validation"))
    let sizes = ["cifar-fs": [64, 16, 20], "fc100": [60, 20, 20]]
    for (name, sizes) in sizes {
      let dataset = try #require(Datasets.named(name))
      let split = dataset.splits[0]
      #expect(Part.allCases.map { split.classes[$0] } == sizes)
      var colors: [Set<UInt8>] = []
      for part in Part.allCases {
        let source = try Datasets.episodes(name, split: split.name, part: part, data: data)
        #expect(source.inputKind == dataset.inputKind)
        #expect(source.classCount == split.classes[part])
        #expect(source.examplesPerClass == ExampleCount(fewest: 4, most: 4, complete: 600))
        let batch = source.batch(2000, from: RandomStream(seed: 3))
        let elements = batch.inputs.elements
        colors.append(Set((0..<2000).map { UInt8((elements[$0 * 3072] * 255).rounded()) }))
      }
      // Red is the label: the parts have different classes, together all.
      #expect(colors.map(\.count) == sizes)
      #expect(colors.reduce(into: Set()) { $0.formUnion($1) }.count == 100)
    }
  }

  @Test func recordsBecomeImagesWithChannelsInnermost() throws {
    archive.packed.writeTar(tar)
    let file = try HDF5File.open(reading: try run([tar]).file)
    let (shape, pixels) = try file.bytes("/images")
    #expect(shape == [400, 32, 32, 3])
    let names = String(decoding: try file.bytes("/classes").values, as: UTF8.self)
      .split(separator: "\n").map(String.init)
    #expect(names == archive.classes.sorted())
    for (place, name) in names.enumerated() {
      let label = archive.classes.firstIndex(of: name)!
      for number in 0..<4 {
        let planes = RecordArchive.planes(label, number)
        let start = (4 * place + number) * 3072
        for pixel in [0, 31, 500, 1023] {
          let expected = (0..<3).map { planes[1024 * $0 + pixel] }
          #expect(Array(pixels[start + 3 * pixel..<start + 3 * pixel + 3]) == expected)
        }
      }
    }
  }

  @Test func theFolderThatTheArchiveUnpacksToGivesTheSameFile() throws {
    archive.packed.writeTar(tar)
    let bytes = try Data(contentsOf: try run([tar]).file)
    #expect(try Data(contentsOf: try run([folder.url]).file) == bytes)
    let unpacked = folder.file("unpacked")
    try archive.packed.writeFolder(unpacked)
    #expect(try Data(contentsOf: try run([unpacked]).file) == bytes)
  }

  @Test func fetchingTakesTheOfficialArchive() throws {
    archive.packed.writeTar(tar)
    let summary = try DataFetcher.fetch("fc100", into: data, from: folder.url.absoluteString + "/")
    #expect(summary.dataset == "fc100" && summary.examples == 400)
    #expect(try FileManager.default.contentsOfDirectory(atPath: data.path) == ["cifar-100.h5"])
    let error = #expect(throws: EpisodesError.self) {
      try DataFetcher.fetch("cifar-fs", into: data, from: "file:///nonexistent/")
    }
    #expect("\(error!)".contains("'metabench data import cifar-fs cifar-100-binary.tar.gz'"))
  }

  @Test func listsHaveTheirPublishedClasses() {
    let fc100 = Datasets.named("fc100")!.splits[0], fewShot = Datasets.named("cifar-fs")!.splits[0]
    #expect(fewShot.digest.hasPrefix("fee683691a219950"))
    #expect(fc100.digest.hasPrefix("829220bde9bd48d7"))
    #expect(Datasets.named("mini-imagenet")!.splits[0].digest.hasPrefix("5c3581f6ac1bd167"))
  }

  @Test mutating func missingFilesAreNamed() throws {
    archive.packed.files["cifar-100-binary/test.bin"] = nil
    archive.packed.writeTar(tar)
    #expect(
      throws: EpisodesError.missingFiles(
        ["test.bin"], archive: tar.path, dataset: "cifar-100", found: "2 .txt and 1 .bin files")
    ) { try run([tar]) }
  }

  @Test mutating func recordsThatWereCutOffAreRefused() throws {
    archive.packed.files["cifar-100-binary/train.bin"]!.removeLast()
    archive.packed.writeTar(tar)
    try expectBad("train.bin", "its end is missing")
  }

  @Test mutating func imagesThatAreNotAllThereAreRefused() throws {
    // Between two images.
    archive.packed.files["cifar-100-binary/train.bin"]!.removeLast(3074 * 30)
    archive.packed.writeTar(tar)
    try expectBad("train.bin", "2 images of some and 3 of other classes instead of 500 of each")
    archive.packed.files["cifar-100-binary/train.bin"] = []
    archive.packed.writeTar(tar)
    try expectBad("train.bin", "it is empty")
    archive = try RecordArchive()
    let test = archive.packed.files["cifar-100-binary/test.bin"]!
    archive.packed.files["cifar-100-binary/test.bin"] = Array(repeatElement(test, count: 101).joined())
    archive.packed.writeTar(tar)
    try expectBad("test.bin", "it has 101 images of each class instead of 100")
  }

  @Test mutating func aCopyOfTheTrainingFileIsNoTestFile() throws {
    archive.packed.files["cifar-100-binary/test.bin"] =
      archive.packed.files["cifar-100-binary/train.bin"]!.suffix(100 * 3074)
    archive.packed.writeTar(tar)
    try expectBad("test.bin", "all its images are in train.bin")
  }

  @Test mutating func whatIsStrangeIsSaid() throws {
    // One image of the test file is one of the training file.
    archive.packed.files["cifar-100-binary/test.bin"]!.replaceSubrange(
      0..<3074, with: archive.packed.files["cifar-100-binary/train.bin"]!.prefix(3074))
    archive.packed.files["cifar-100-python/train"] = [1, 2, 3]
    archive.packed.writeTar(tar)
    #expect(
      try run([tar]).remarks == [
        "Left out the Python version of CIFAR-100 that lies beside the binary one.",
        "This is not the whole of CIFAR-100: 3 of 500 images of each class in train.bin and 1 of 100"
          + " images of each class in test.bin.",
        "Kept 1 of 400 images although another one has the same pixels.",
      ])
  }

  @Test mutating func aFileThatIsThereTwiceWithOtherContentIsRefused() throws {
    archive.packed.files["copy/train.bin"] = [1, 2, 3]
    archive.packed.writeTar(tar)
    try expectBad("copy/train.bin", "with other content")
  }

  @Test(arguments: PickleWriter.Style.allCases)
  func thePythonVersionGivesTheSameFile(_ style: PickleWriter.Style) throws {
    archive.packed.writeTar(tar)
    let bytes = try Data(contentsOf: try run([tar]).file)
    let python = folder.file("cifar-100-python.tar.gz")
    archive.pickled(style).writeTar(python)
    #expect(try Data(contentsOf: try run([python]).file) == bytes)
  }

  @Test func foldersOfPNGAreRead() throws {
    // Training and test images have the same names.
    var images = PackedFiles()
    for (label, name) in archive.classes.enumerated() {
      for number in 0..<4 {
        let planes = RecordArchive.planes(label, number)
        images.files["\(number < 3 ? "train" : "test")/\(name)/000\(number % 3).png"] = PNGFile.bytes(
          (0..<3072).map { planes[1024 * ($0 % 3) + $0 / 3] }, side: 32, channels: 3)
      }
    }
    let unpacked = folder.file("unpacked")
    try images.writeFolder(unpacked)
    let summary = try run([unpacked])
    #expect(summary.classes == 100 && summary.examples == 400 && summary.remarks == [])
    let (_, pixels) = try HDF5File.open(reading: summary.file).bytes("/images")
    for (place, name) in archive.classes.sorted().enumerated() {
      let label = archive.classes.firstIndex(of: name)!
      // By their names: those of `test` first.
      for (order, number) in [3, 0, 1, 2].enumerated() {
        let start = (4 * place + order) * 3072
        #expect(Array(pixels[start..<start + 2]) == [UInt8(label), UInt8(10 * number)])
      }
    }
  }

  @Test mutating func labelsThatDoNotFitAreNamed() throws {
    archive.packed.files["cifar-100-binary/train.bin"]![3074 * 7 + 1] = 100
    archive.packed.writeTar(tar)
    try expectBad("train.bin", "image 7 is labelled")
    // A class of another superclass.
    archive = try RecordArchive()
    archive.packed.files["cifar-100-binary/test.bin"]![3074 * 9] ^= 1
    archive.packed.writeTar(tar)
    try expectBad("test.bin", "image 9 is labelled")
  }

  private func expectBad(_ file: String, _ reason: String) throws {
    let error = #expect(throws: EpisodesError.self) { try run([tar]) }
    guard case .badRecord(file, tar.path, let found) = error else {
      Issue.record("\(error!)")
      return
    }
    #expect(found.contains(reason))
  }

  func run(_ archives: [URL]) throws -> ImportSummary {
    try CIFAR100Importer.run(archives: archives, into: data)
  }
}
