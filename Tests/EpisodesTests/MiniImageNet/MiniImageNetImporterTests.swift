import Episodes
import Foundation
import Randomness
import Storage
import TemporaryFolders
import Testing

/// Imports of made-up images of a few classes; the real ones are in `RealMiniImageNetTests`.
@Suite struct MiniImageNetImporterTests {
  let folder: TemporaryFolder
  let data: URL
  let tar: URL
  var archive = PhotographArchive([
    PhotographArchive.train: 3, PhotographArchive.validation: 2, PhotographArchive.test: 4,
  ])

  init() throws {
    folder = try TemporaryFolder()
    data = folder.file("data")
    tar = folder.file("images.tar.xz")
  }

  @Test func imagesLieClassByClassInTheOrderOfTheParts() throws {
    archive.packed.writeTar(tar)
    let summary = try run([tar])
    #expect(summary.classes == 3 && summary.examples == 9)
    #expect(summary.file == data.appendingPathComponent("mini-imagenet.h5"))

    let file = try HDF5File.open(reading: summary.file)
    let (shape, pixels) = try file.bytes("/images")
    #expect(shape == [9, 84, 84, 3])
    #expect(
      String(decoding: try file.bytes("/classes").values, as: UTF8.self)
        == [PhotographArchive.train, PhotographArchive.validation, PhotographArchive.test]
        .joined(separator: "\n"))
    #expect(try file.int64s("/counts").values == [3, 2, 4])
    for (place, name, index) in [
      (0, PhotographArchive.train, 0), (2, PhotographArchive.train, 2),
      (3, PhotographArchive.validation, 0), (8, PhotographArchive.test, 3),
    ] {
      let found = pixels[place * 84 * 84 * 3..<(place + 1) * 84 * 84 * 3]
      let differences = zip(found, PhotographArchive.photograph(name, index)).map {
        abs(Int($0) - Int($1))
      }
      #expect(differences.max()! < 8, "image \(place), as far as a JPEG keeps it")
    }
  }

  @Test func everyWayOfPackingGivesTheSameFile() throws {
    archive.packed.writeTar(tar)
    let bytes = try Data(contentsOf: try run([tar]).file)

    let zip = folder.file("images.zip")
    archive.packed.writeZip(zip)
    #expect(try Data(contentsOf: try run([zip]).file) == bytes)

    let unpacked = folder.file("unpacked")
    try archive.packed.writeFolder(unpacked)
    #expect(try Data(contentsOf: try run([unpacked]).file) == bytes)

    // One archive for each class, all in one folder.
    let archives = folder.file("archives")
    try FileManager.default.createDirectory(at: archives, withIntermediateDirectories: true)
    for name in [PhotographArchive.train, PhotographArchive.test, PhotographArchive.validation] {
      PackedFiles(files: archive.packed.files.filter { $0.key.contains("/\(name)/") })
        .writeTar(archives.appendingPathComponent("\(name).tar.gz"))
    }
    #expect(try Data(contentsOf: try run([archives]).file) == bytes)

    // All images in one folder, with the lists beside it.
    let usual = folder.file("usual")
    try usualFolder(usual)
    #expect(try Data(contentsOf: try run([usual]).file) == bytes)
  }

  @Test func listsDecideWhichImagesOfAFolderCount() throws {
    let usual = folder.file("usual")
    try usualFolder(usual)
    let listed = PhotographArchive.fileName(PhotographArchive.test, 1)
    try Data("filename,label\r\n\(listed),\(PhotographArchive.test)\r\n".utf8)
      .write(to: usual.appendingPathComponent("test.csv"))
    let summary = try run([usual])
    #expect(summary.examples == 6)
    #expect(summary.note!.contains("1 (of 600) and 1 of 20 classes in test"))
  }

  @Test(arguments: [
    ("n01532829", "'n01532829' is not a test class of the split 'ravi'"),
    ("one,two,three", "it is not 'filename,label'"),
  ])
  func otherListsAreRefused(_ label: String, _ reason: String) throws {
    let usual = folder.file("usual")
    try usualFolder(usual)
    let list = usual.appendingPathComponent("test.csv")
    try Data("filename,label\na.jpg,n01930112\nb.jpg,\(label)\n".utf8).write(to: list)
    #expect(throws: EpisodesError.badList(file: list.path, line: 3, reason: reason)) {
      try run([usual])
    }
  }

  @Test func aPartIsOpenedWithThePixelsOfItsOwnClasses() throws {
    let all = try #require(Datasets.named("mini-imagenet")).splits[0]
    #expect(all.classes == [.train: 64, .validation: 16, .test: 20])
    #expect(all.examplesPerClass == 600)
    try archiveOfTest().packed.writeTar(tar)
    _ = try run([tar])
    let source = try Datasets.episodes("mini-imagenet", split: "ravi", part: .test, data: data)
    #expect(source.classCount == 20)
    #expect(source.inputKind == .images(channels: 3, height: 84, width: 84))
    #expect(source.examplesPerClass == ExampleCount(fewest: 2, most: 3, complete: 600))
    let episode = source.episode(
      .init(way: 20, shot: 1, query: 1), from: RandomStream(seed: 1).child("episode", 0))
    #expect(episode.support.inputs.shape == [20, 84, 84, 3])
    // The blue channel says which class an image is of.
    let blues = [episode.support, episode.query].map { examples in
      (0..<20).map { examples.inputs.elements[$0 * 84 * 84 * 3 + 2] }
    }
    #expect(zip(blues[0], blues[1]).allSatisfy { abs($0 - $1) < 0.02 })

    // A minibatch draws from all 41 images alike, so that the class with more comes more often.
    guard case .classes(let labels, of: 20) = source.batch(2050, from: RandomStream(seed: 2)).targets
    else {
      Issue.record("the labels are not those of 20 classes")
      return
    }
    for label in 0..<20 {
      #expect(abs(labels.count { $0 == label } - (label == 3 ? 150 : 100)) < 50)
    }
  }

  @Test func aPartThatWasNotImportedIsNamed() throws {
    try archiveOfTest().packed.writeTar(tar)
    let file = try run([tar]).file
    let error = #expect(throws: EpisodesError.self) {
      try Datasets.episodes("mini-imagenet", split: "ravi", part: .train, data: data)
    }
    #expect(
      error
        == .missingClasses(
          dataset: "mini-imagenet", part: .train, count: 64, of: 64, first: "n01532829",
          file: file.path))
    #expect("\(error!)".contains("no images of 64 of the 64 training classes"))
    #expect("\(error!)".contains("all archives in one command"))
  }

  @Test func damageInsideAPartIsNoticedWhenItIsOpened() throws {
    try archiveOfTest().packed.writeTar(tar)
    let url = try run([tar]).file
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: url)
    #expect(throws: EpisodesError.damaged(file: url.path, dataset: "mini-imagenet")) {
      try Datasets.episodes("mini-imagenet", split: "ravi", part: .test, data: data)
    }
  }

  @Test func damageOfTheDescriptionIsNoticedAtOnce() throws {
    archive.packed.writeTar(tar)
    let url = try run([tar]).file
    var bytes = try Data(contentsOf: url)
    bytes[100] ^= 1
    try bytes.write(to: url)
    #expect(throws: EpisodesError.damaged(file: url.path, dataset: "mini-imagenet")) {
      try Datasets.episodes("mini-imagenet", split: "ravi", part: .test, data: data)
    }
  }

  // MARK: Faults

  @Test mutating func aDamagedImageIsNamed() throws {
    let path = "some/\(PhotographArchive.test)/\(PhotographArchive.fileName(PhotographArchive.test, 2))"
    let jpeg = archive.packed.files[path]!
    archive.packed.files[path] = Array(jpeg.prefix(jpeg.count / 2))
    archive.packed.writeTar(tar)
    try expectDamaged(path, "remature end")
    archive.packed.files[path] = Array("not a photograph".utf8)
    archive.packed.writeTar(tar)
    try expectDamaged(path, "Not a JPEG file")
  }

  @Test mutating func anImageOfAnotherSizeIsNamed() throws {
    let path = "some/\(PhotographArchive.test)/\(PhotographArchive.fileName(PhotographArchive.test, 2))"
    archive.packed.files[path] = PhotographArchive.jpeg(
      of: Array(repeating: 7, count: 64 * 64 * 3), side: 64)
    archive.packed.writeTar(tar)
    try expectDamaged(path, "64 x 64 pixels instead of 84 x 84")
  }

  private func expectDamaged(_ path: String, _ reason: String) throws {
    let error = #expect(throws: EpisodesError.self) { try run([tar]) }
    guard case .damagedImage(path, tar.path, let found) = error else {
      Issue.record("\(error!)")
      return
    }
    #expect(found.contains(reason))
    #expect(try FileManager.default.contentsOfDirectory(atPath: data.path) == [])
  }

  @Test mutating func otherFilesAreIgnored() throws {
    archive.packed.writeTar(tar)
    let digest = try run([tar]).digest
    archive.packed.files["README.md"] = [1, 2, 3]
    archive.packed.files["some/\(PhotographArchive.test)/._n0193011200000001.jpg"] = [1, 2, 3]
    archive.packed.files["overview.jpg"] = [1, 2, 3]
    archive.packed.writeTar(tar)
    #expect(try run([tar]).digest == digest)
  }

  @Test mutating func classesOfAnotherDatasetAreRefused() throws {
    let path = "some/n99999999/n9999999900000001.jpg"
    archive.packed.files[path] = [1, 2, 3]
    archive.packed.writeTar(tar)
    #expect(
      throws: EpisodesError.unknownClass(
        "n99999999", entry: path, file: tar.path, dataset: "mini-imagenet")
    ) { try run([tar]) }
  }

  @Test func anImageThatIsGivenTwiceIsNamed() throws {
    archive.packed.writeTar(tar)
    let error = #expect(throws: EpisodesError.self) { try run([tar, tar]) }
    guard case .duplicateImage(_, tar.path) = error else {
      Issue.record("\(error!)")
      return
    }
  }

  @Test func anArchiveThatWasCutOffIsRefused() throws {
    archive.packed.writeTar(tar)
    try Data(contentsOf: tar).dropLast(2000).write(to: tar)
    #expect(throws: EpisodesError.notAnArchive(file: tar.path, isTruncated: true)) {
      try run([tar])
    }
    // In the middle of a larger one.
    let plain = folder.file("images.tar")
    archive.packed.writeTar(plain)
    try Data(contentsOf: plain).prefix(9000).write(to: plain)
    let error = #expect(throws: EpisodesError.self) { try run([plain]) }
    guard case .damagedArchive(plain.path, _) = error else {
      Issue.record("\(error!)")
      return
    }
  }

  @Test func anArchiveWithoutPhotographsIsRefused() throws {
    PackedFiles(files: ["text.txt": [1, 2, 3]]).writeTar(tar)
    #expect(throws: EpisodesError.noPhotographs(
      file: tar.path, found: "1 .txt file", dataset: "mini-imagenet")) { try run([tar]) }
    try Data("not an archive, but long enough to look at".utf8).write(to: tar)
    #expect(throws: EpisodesError.notAnArchive(file: tar.path, isTruncated: false)) {
      try run([tar])
    }
    #expect(throws: EpisodesError.self) { try run([]) }
  }

  @Test func aFailedImportLeavesTheEarlierOneUntouched() throws {
    archive.packed.writeTar(tar)
    let file = try run([tar]).file
    let before = try Data(contentsOf: file)
    var broken = archive
    broken.packed.files["some/n01930112/n0193011200000009.jpg"] = [1, 2, 3]
    broken.packed.writeTar(tar)
    #expect(throws: EpisodesError.self) { try run([tar]) }
    #expect(try Data(contentsOf: file) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: data.path) == ["mini-imagenet.h5"])
  }

  @Test func aFullDiskIsSaidBeforeAnythingIsWritten() throws {
    archive.packed.writeTar(tar)
    // Skipped where a small volume cannot be mounted: that takes root.
    guard let volume = try SmallVolume(kilobytes: 128) else { return }
    let file = volume.url.appendingPathComponent("mini-imagenet.h5")
    #expect(throws: StorageError.noSpace(file: file.path)) {
      try MiniImageNetImporter.run(archives: [tar], into: volume.url)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: volume.url.path) == [])
  }

  @Test func progressRunsToOne() throws {
    archive.packed.writeTar(tar)
    var parts: [Double] = []
    _ = try MiniImageNetImporter.run(archives: [tar], into: data) { parts.append($0) }
    #expect(parts == parts.sorted() && parts.last == 1)
  }

  // MARK: Samples

  func run(_ archives: [URL]) throws -> ImportSummary {
    try MiniImageNetImporter.run(archives: archives, into: data)
  }

  /// All classes of the test part, one of them with an image more.
  func archiveOfTest() throws -> PhotographArchive {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Sources/Episodes/Splits/mini-imagenet/ravi/test.txt")
    let classes = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    var counts = Dictionary(uniqueKeysWithValues: classes.map { (String($0), 2) })
    counts[String(classes[3])] = 3
    return PhotographArchive(counts)
  }

  /// All images in `images`, and the lists.
  func usualFolder(_ url: URL) throws {
    var flat = PackedFiles()
    var lists = [
      PhotographArchive.train: ("train.csv", "filename,label\n"),
      PhotographArchive.validation: ("val.csv", "filename,label\n"),
      PhotographArchive.test: ("test.csv", "filename,label\n"),
    ]
    for (path, jpeg) in archive.packed.files {
      let parts = path.split(separator: "/").map(String.init)
      flat.files["images/\(parts[2])"] = jpeg
      lists[parts[1]]!.1 += "\(parts[2]),\(parts[1])\n"
    }
    for (name, text) in lists.values { flat.files[name] = Array(text.utf8) }
    flat.files["images/n9999999900000001.jpg"] = [1, 2, 3]  // on no list
    try flat.writeFolder(url)
  }
}
