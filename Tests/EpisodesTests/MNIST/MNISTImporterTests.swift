import Episodes
import Foundation
import Storage
import TemporaryFolders
import Testing

@Suite struct MNISTImporterTests {
  let folder: TemporaryFolder
  let files = DigitFiles()

  init() throws { folder = try TemporaryFolder() }

  @Test func everyPackingGivesTheSameFile() throws {
    let compressed = try files.write(to: folder.file("gz"), gzipped: true)
    let plain = try files.write(to: folder.file("plain"), gzipped: false)
    let renamed = folder.file("labels.bin")
    try FileManager.default.copyItem(at: plain[1], to: renamed)
    let given = [
      compressed, Array(plain.reversed()), [folder.file("gz")],
      [plain[0], renamed, compressed[2], plain[3]],
    ]
    let images = try given.enumerated().map { index, urls in
      let data = folder.file("data\(index)")
      let summary = try MNISTImporter.run(files: urls, into: data, catalogue: files.catalogue)
      #expect(summary.classes == 10 && summary.examples == 60)
      return try Data(contentsOf: summary.file)
    }
    #expect(Set(images).count == 1)
  }

  @Test func partsAreTheTrainingImagesWithoutTheLastOnesThoseAndTheTestImages() throws {
    let data = folder.file("data")
    _ = try MNISTImporter.run(
      files: files.write(to: folder.file("gz"), gzipped: true), into: data,
      catalogue: files.catalogue)
    let sizes = try Part.allCases.map { part in
      let images = try open(part, data)
      let first = part == .validation ? 30 : 0
      #expect(images.labels == (first..<first + images.count).map { $0 % 10 })
      #expect(images.pixels == (first..<first + images.count).flatMap { image in
        [UInt8](repeating: UInt8(10 * image % 256), count: 784)
      })
      return images.count
    }
    #expect(sizes == [30, 10, 20])
  }

  @Test func foreignFilesAreRefusedWithTheReason() throws {
    func reason(_ content: [UInt8], gzipped: Bool = false) throws -> String {
      let url = folder.file("strange")
      if gzipped { DigitFiles.gzip(content, to: url) } else { try Data(content).write(to: url) }
      let error = #expect(throws: EpisodesError.self) {
        try MNISTImporter.run(
          files: [url], into: folder.file("data"), catalogue: files.catalogue)
      }
      guard case .notMNIST(let file, let reason) = try #require(error) else {
        Issue.record("another error: \(error!)")
        return ""
      }
      #expect(file == url.path)
      return reason
    }
    let labels = files.contents["train-labels-idx1-ubyte"]!
    #expect(try reason([]).contains("does not begin"))
    #expect(try reason(Array("not idx at all".utf8)).contains("does not begin"))
    #expect(try reason([0, 0, 13, 1, 0, 0, 0, 0]).contains("does not begin"))
    #expect(try reason([0, 0, 8, 3, 0, 0]).contains("its end is missing"))
    #expect(try reason(Array(labels.dropLast())).contains("says that it is 40, but holds 39 bytes"))
    #expect(try reason(labels + [0]).contains("holds 41 bytes"))
    let endless = [255, 255, 255, 255] as [UInt8]
    #expect(try reason([0, 0, 8, 3] + endless + endless + endless + [1]).contains("holds 1 bytes"))
    var changed = labels
    changed[20] ^= 1
    #expect(try reason(changed).contains("the shape of one, but not the content"))
    #expect(try reason(DigitFiles.idx([7], Array(0..<7)), gzipped: true).contains("it holds 7 bytes"))
    // A small file that unpacks to a large one is not read to its end.
    let bomb = [UInt8](repeating: 0, count: 1 << 22)
    #expect(try reason(bomb, gzipped: true).contains("it holds more than"))
  }

  @Test func aTruncatedCompressedFileIsRefused() throws {
    let urls = try files.write(to: folder.file("gz"), gzipped: true)
    let whole = try Data(contentsOf: urls[0])
    try whole.prefix(whole.count / 2).write(to: urls[0])
    let error = #expect(throws: EpisodesError.self) {
      try MNISTImporter.run(files: urls, into: folder.file("data"), catalogue: files.catalogue)
    }
    #expect("\(error!)".contains("train-images-idx3-ubyte.gz: is none of the four files of MNIST"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("data/mnist.h5").path))
  }

  @Test func missingFilesAreNamed() throws {
    let urls = try files.write(to: folder.file("gz"), gzipped: true)
    let error = #expect(throws: EpisodesError.self) {
      try MNISTImporter.run(
        files: [urls[0], urls[3]], into: folder.file("data"), catalogue: files.catalogue)
    }
    #expect(error == .missingMNIST(["train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"]))
    #expect("\(error!)".contains("t10k-images-idx3-ubyte of MNIST are missing"))
    let nothing = #expect(throws: EpisodesError.self) {
      try MNISTImporter.run(files: [], into: folder.file("data"))
    }
    #expect("\(nothing!)".contains("metabench data import mnist train-images-idx3-ubyte.gz"))
    let nowhere = #expect(throws: EpisodesError.self) {
      try MNISTImporter.run(files: [folder.file("nowhere")], into: folder.file("data"))
    }
    #expect("\(nowhere!)".contains("there is no such file"))
  }

  @Test func damageAndOtherFilesAreNoticedWhenAPartIsOpened() throws {
    let data = folder.file("data")
    let missing = #expect(throws: EpisodesError.self) { try open(.test, data) }
    #expect("\(missing!)".contains("metabench data fetch mnist"))
    let summary = try MNISTImporter.run(
      files: files.write(to: folder.file("gz"), gzipped: true), into: data,
      catalogue: files.catalogue)
    var bytes = try Data(contentsOf: summary.file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: summary.file)
    #expect(throws: EpisodesError.damaged(file: summary.file.path, dataset: "mnist")) {
      try open(.test, data)
    }
    try AtomicFile.write(to: summary.file) { temporary in
      let file = try HDF5File.create(at: temporary)
      try file.setAttribute("dataset", "omniglot")
      try file.close()
    }
    let other = #expect(throws: EpisodesError.self) { try open(.train, data) }
    #expect("\(other!)".contains("does not say that it is MNIST"))
  }

  func open(_ part: Part, _ data: URL) throws -> LabelledImages {
    try #require(
      try Datasets.open("mnist", split: "official", part: part, data: data) as? LabelledImages)
  }
}
