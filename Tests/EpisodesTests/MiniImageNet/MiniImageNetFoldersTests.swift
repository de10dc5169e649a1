import Episodes
import Foundation
import Measures
import Storage
import TemporaryFolders
import Testing

/// Folders as people have them: what is taken, and what is said of the rest.
@Suite struct MiniImageNetFoldersTests {
  private typealias Archive = PhotographArchive

  let folder: TemporaryFolder
  let images: URL
  private var archive = Archive([Archive.train: 3, Archive.validation: 2, Archive.test: 4])

  init() throws {
    folder = try TemporaryFolder()
    images = folder.file("images")
  }

  @Test mutating func copiesAreLeftOut() throws {
    let name = Archive.fileName(Archive.test, 1)
    let original = archive.packed.files["some/\(Archive.test)/\(name)"]!
    for copy in ["\(name.dropLast(4)) (1).jpg", "Copy of \(name)"] {
      archive.packed.files["some/\(Archive.test)/\(copy)"] = original
    }
    try archive.packed.writeFolder(images)
    let summary = try run()
    #expect(summary.examples == 9)
    #expect(
      summary.remarks == [
        "Left out 2 images that are identical to another one of their class and named after it, such as"
          + " \(Archive.test)/Copy of \(name), a copy of \(name)."
      ])
  }

  /// As miniImageNet has them itself, within a class and between training and validation.
  @Test mutating func picturesUnderTwoNamesStayAndAreSaid() throws {
    let first = Archive.fileName(Archive.train, 0)
    let second = Archive.fileName(Archive.train, 2), other = Archive.fileName(Archive.validation, 1)
    let picture = archive.packed.files["some/\(Archive.train)/\(first)"]!
    archive.packed.files["some/\(Archive.train)/\(second)"] = picture
    archive.packed.files["some/\(Archive.validation)/\(other)"] = picture
    try archive.packed.writeFolder(images)
    let summary = try run()
    #expect(summary.examples == 9)
    #expect(
      summary.remarks == [
        "Kept 1 picture that is there under two or more names, so that one task may have a picture"
          + " twice: \(Archive.train)/\(first) = \(Archive.train)/\(second) ="
          + " \(Archive.validation)/\(other)."
      ])
  }

  @Test mutating func imagesAreReadFromPNG() throws {
    archive = Archive([:])
    for index in 0..<3 {
      archive.packed.files["\(Archive.test)/\(index).png"] = PNGFile.bytes(
        Archive.photograph(Archive.test, index), side: 84, channels: 3)
    }
    // What is there as JPEG, too, is not taken twice.
    archive.packed.files["\(Archive.test)/3.jpg"] = Archive.jpeg(
      of: Archive.photograph(Archive.test, 3), side: 84)
    archive.packed.files["\(Archive.test)/3.png"] = PNGFile.bytes(
      Archive.photograph(Archive.test, 3), side: 84, channels: 3)
    try archive.packed.writeFolder(images)
    let summary = try run()
    #expect(summary.examples == 4)
    #expect(
      summary.remarks == [
        "Left out 1 image that is there in another format under the same name, such as"
          + " \(Archive.test)/3.png."
      ])
    let (_, pixels) = try HDF5File.open(reading: summary.file).bytes("/images")
    #expect(Array(pixels.prefix(3 * 84 * 84 * 3)) == (0..<3).flatMap { Archive.photograph(Archive.test, $0) })
  }

  @Test mutating func transparentImagesAreRefused() throws {
    let pixels = Archive.photograph(Archive.test, 0)
    var colors: [UInt8] = []
    for start in stride(from: 0, to: pixels.count, by: 3) {
      colors += pixels[start..<start + 3]
      colors.append(255)
    }
    let path = "\(Archive.test)/5.png"
    archive.packed.files[path] = PNGFile.bytes(colors, side: 84, channels: 4)
    try archive.packed.writeFolder(images)
    #expect(try run().examples == 10)
    colors[7] = 254
    archive.packed.files[path] = PNGFile.bytes(colors, side: 84, channels: 4)
    try archive.packed.writeFolder(images)
    #expect(
      throws: EpisodesError.damagedImage(
        entry: path, file: images.path, reason: "it has transparent pixels")
    ) { try run() }
  }

  @Test mutating func whatIsNotTakenIsSaid() throws {
    archive.packed.files["some/\(Archive.test)/1.webp"] = [1]
    archive.packed.files["some/\(Archive.test)/2.WEBP"] = [1]
    archive.packed.files["some/\(Archive.train)/wnid.txt"] = [1]
    archive.packed.files["some/overview.jpg"] = [1]
    archive.packed.files["README.md"] = [1]
    try archive.packed.writeFolder(images)
    archive.packed.writeTar(images.appendingPathComponent("old.tar.gz"))
    try FileManager.default.createSymbolicLink(
      atPath: images.appendingPathComponent("gone").path, withDestinationPath: "/nonexistent")
    let summary = try run()
    #expect(summary.examples == 9)
    #expect(
      summary.remarks
        == [
          "left out 2 .webp and 1 .txt files in folders of classes: only JPEG and PNG are read.",
          "left out 1 image outside of the folders of classes, such as some/overview.jpg.",
          "left out links that lead nowhere: gone.",
          "left out what lies beside the images: old.tar.gz. To import it, too, name it in the command.",
        ].map { "\(images.path): \($0)" })
  }

  @Test func foldersThatAreLinksAreFollowed() throws {
    try archive.packed.writeFolder(folder.file("elsewhere"))
    try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
    for name in [Archive.train, Archive.test] {
      try FileManager.default.createSymbolicLink(
        atPath: images.appendingPathComponent(name).path,
        withDestinationPath: "../elsewhere/some/\(name)")
    }
    // A way back into the folder is no endless one.
    try FileManager.default.createSymbolicLink(
      atPath: images.appendingPathComponent("all").path, withDestinationPath: ".")
    let summary = try run()
    #expect(summary.examples == 7)
    #expect(summary.remarks.count == 1 && summary.remarks[0].hasSuffix("lead nowhere: all."))
  }

  @Test mutating func linksInArchivesAreNamed() throws {
    let tar = folder.file("images.tar")
    let path = "some/\(Archive.test)/link.jpg"
    archive.packed.links[path] = Archive.fileName(Archive.test, 1)
    archive.packed.writeTar(tar)
    #expect(throws: EpisodesError.linkInArchive(entry: path, file: tar.path)) { try run(tar) }
  }

  @Test mutating func whatAnArchiveHoldsInsteadIsNamed() throws {
    let zip = folder.file("images.zip")
    archive.packed.files = ["a.npz": [1], "b.npz": [1], "LICENSE": [1]]
    archive.packed.writeZip(zip)
    let error = #expect(throws: EpisodesError.self) { try run(zip) }
    #expect("\(error!)".contains("(found: 2 .npz and 1 other files). Give archives or folders"))
  }

  // MARK: Lists

  @Test func listsNeedNoHeader() throws {
    try list(Archive.test, [0, 1, 2, 3], header: "")
    #expect(try run().examples == 4)
  }

  @Test func listedImagesThatAreNotThereAreSaid() throws {
    try list(Archive.test, [0, 1, 2, 3, 8, 9])
    let summary = try run()
    #expect(summary.examples == 4)
    #expect(
      summary.remarks
        == [
          "left out 5 images that are on no list, such as images/\(Archive.fileName(Archive.train, 0)).",
          "2 of the 6 listed images were not found, such as \(Archive.fileName(Archive.test, 8)).",
        ].map { "\(images.path): \($0)" })
  }

  @Test func listsThatNameNoneOfTheImagesAreSaid() throws {
    try list(Archive.test, [8, 9])
    let error = #expect(throws: EpisodesError.self) { try run() }
    #expect("\(error!)".contains("(found: 9 .jpg files that are on no list). Give"))
  }

  @Test func listsHoldForArchivesBesideThem() throws {
    try list(Archive.test, [0, 1])
    try FileManager.default.removeItem(at: images.appendingPathComponent("images"))
    flat.writeZip(images.appendingPathComponent("images.zip"))
    #expect(try run().examples == 2)
  }

  @Test func listedImagesMayHaveAnotherFormat() throws {
    try list(Archive.test, [0, 7])
    let png = PNGFile.bytes(Archive.photograph(Archive.test, 7), side: 84, channels: 3)
    let name = Archive.fileName(Archive.test, 7).replacing(".jpg", with: ".png")
    try Data(png).write(to: images.appendingPathComponent("images/\(name)"))
    #expect(try run().examples == 2)
  }

  @Test func listsThatContradictEachOtherAreRefused() throws {
    try list(Archive.test, [0, 1])
    let name = Archive.fileName(Archive.test, 1)
    let train = images.appendingPathComponent("train.csv").path
    try Data("filename,label\n\(name),\(Archive.train)\n".utf8).write(to: URL(fileURLWithPath: train))
    let test = images.appendingPathComponent("test.csv").path
    #expect(
      throws: EpisodesError.badList(
        file: test, line: 3,
        reason: "'\(name)' is of class \(Archive.test) here, but also listed as \(Archive.train) in"
          + " \(train):2")
    ) { try run() }
  }

  @Test func aListThatContradictsFoldersIsRefused() throws {
    try list(Archive.test, [0, 1])
    let own = images.appendingPathComponent(Archive.train)
    try FileManager.default.moveItem(at: images.appendingPathComponent("images"), to: own)
    let error = #expect(throws: EpisodesError.self) { try run() }
    #expect("\(error!)".contains("is of class \(Archive.test) here, but lies in '\(Archive.train)'"))
  }

  // MARK: Replacing

  @Test mutating func aSmallerImportIsNotMadeUnasked() throws {
    try archive.packed.writeFolder(images)
    let file = try run().file
    let before = try Data(contentsOf: file)
    // More images, but none of training.
    let other = Archive([Archive.validation: 8, Archive.test: 8])
    let smaller = folder.file("smaller")
    try other.packed.writeFolder(smaller)
    try Data([1]).write(to: smaller.appendingPathComponent("some/\(Archive.test)/1.bmp"))
    let error = #expect(throws: EpisodesError.self) { try run(smaller) }
    #expect(
      "\(error!)".hasPrefix(
        "\(file.path): holds 9 examples of 3 classes of 'mini-imagenet', and this import would replace it"
          + " by 16 examples of 2 classes, with fewer examples of 1 of its classes."))
    #expect("\(error!)".contains("--replace") && "\(error!)".contains("1 .bmp file"))
    #expect(try Data(contentsOf: file) == before)
    let data = folder.file("data")
    #expect(
      try MiniImageNetImporter.run(archives: [smaller], into: data, replacing: true).examples == 16)
    // As many as there are, or more, need no such word.
    try archive.packed.writeFolder(smaller)
    #expect(try run(smaller).examples == 19)
  }

  // MARK: Pickles

  @Test(arguments: PickleWriter.Style.allCases)
  func picklesAreRead(_ style: PickleWriter.Style) throws {
    let folder = folder.file("pickles")
    try pickles(style).writeFolder(folder)
    let summary = try run(folder)
    #expect(summary.classes == 3 && summary.examples == 6)
    #expect(
      summary.remarks == [
        "\(folder.path)/mini-imagenet-cache-val.pkl: left out 1 image outside of the folders of classes,"
          + " such as image 3."
      ])
    let (_, pixels) = try HDF5File.open(reading: summary.file).bytes("/images")
    let expected = [0, 1, 2].map { (Archive.test, $0) }
    #expect(
      Array(pixels.suffix(3 * 84 * 84 * 3)) == expected.flatMap { Archive.photograph($0.0, $0.1) })
    // The first place is that of training.
    #expect(
      Array(pixels.prefix(3 * 84 * 84 * 3))
        == [1, 0, 2].flatMap { Archive.photograph(Archive.validation, $0) })
  }

  @Test func otherPicklesAreRefused() throws {
    let other: [(String, PickleWriter.Value)] = [("data", .integers([1])), ("labels", .integers([1]))]
    try expectBadPickle(other, "it has 'data' and 'labels'")
    try expectBadPickle(
      [("image_data", .array([1, 1, 2, 3], [1, 2, 3, 4, 5, 6])), ("class_dict", .dictionary([]))],
      "'image_data' is [1, 1, 2, 3] instead of [images, 84, 84, 3]")
    try expectBadPickle(
      [("image_data", .array([9, 2, 2, 3], [1])), ("class_dict", .dictionary([]))],
      "an array is not as large as it says")
    try expectBadPickle(
      [
        ("image_data", .array([0, 84, 84, 3], [])),
        ("class_dict", .dictionary([(Archive.test, .integers([3]))])),
      ], "'class_dict' names images of \(Archive.test) that are not there")
  }

  /// Sizes whose product is right only in its last 64 bits.
  @Test func picklesOfArraysThatOverflowAreRefused() throws {
    let image = Archive.photograph(Archive.test, 0)
    func expectRefusal(_ images: Int, _ places: PickleWriter.Value) throws {
      try expectBadPickle(
        [
          ("image_data", .array([images, 84, 84, 3], image)),
          ("class_dict", .dictionary([(Archive.test, places)])),
        ], "an array is not as large as it says")
    }
    try expectRefusal(1 + 1 << 60, .integers([1 << 60]))
    try expectRefusal(1, .indices([0], count: 1 + 1 << 61))
  }

  @Test func anEndingInCapitalsIsThatOfAPickle() throws {
    let file = folder.file("TEST.PKL")
    let bytes = try #require(pickles(.protocol4).files["mini-imagenet-cache-test.pkl"])
    try Data(bytes).write(to: file)
    #expect(try run(file).examples == 3)
  }

  @Test func picklesThatCallSomethingAreRefused() throws {
    let call = Array("cos\nsystem\nU\u{04}true".utf8) + [0x85] + Array("R.".utf8)
    try expectBadPickle([0x80, 2] + call, "it holds more than numbers, texts and arrays: 'os.system'")
  }

  @Test func picklesThatWereCutOffAreRefused() throws {
    let whole = PickleWriter.bytes(of: [("image_data", .array([4], [1, 2, 3, 4]))], .protocol5)
    for length in [0, 1, 20, 60, whole.count - 1] {
      try expectBadPickle(Array(whole.prefix(length)), "its end is missing")
    }
  }

  private func expectBadPickle(_ content: [(String, PickleWriter.Value)], _ reason: String) throws {
    try expectBadPickle(PickleWriter.bytes(of: content, .protocol4), reason)
  }

  private func expectBadPickle(_ bytes: [UInt8], _ reason: String) throws {
    let file = folder.file("mini-imagenet-cache-test.pkl")
    try Data(bytes).write(to: file)
    let error = #expect(throws: EpisodesError.self) { try run(file) }
    #expect("\(error!)".contains(reason), "\(error!)")
  }

  // MARK: Samples

  @discardableResult
  private func run(_ url: URL? = nil) throws -> ImportSummary {
    try MiniImageNetImporter.run(archives: [url ?? images], into: folder.file("data"))
  }

  /// Two parts, of which one has an image that is of no class and one of a class of training.
  private func pickles(_ style: PickleWriter.Style) -> PackedFiles {
    func pixels(_ name: String, _ count: Int) -> PickleWriter.Value {
      .array([count, 84, 84, 3], (0..<count).flatMap { Archive.photograph(name, $0) })
    }
    let parts: [(String, PickleWriter.Value, PickleWriter.Value)] = [
      (
        "val", pixels(Archive.validation, 4),
        .dictionary([(Archive.validation, .indices([0, 2])), (Archive.train, .indices([1]))])
      ),
      ("test", pixels(Archive.test, 3), .dictionary([(Archive.test, .integers([0, 1, 2]))])),
    ]
    return PackedFiles(
      files: Dictionary(
        uniqueKeysWithValues: parts.map { part, images, classes in
          (
            "mini-imagenet-cache-\(part).pkl",
            PickleWriter.bytes(of: [("class_dict", classes), ("image_data", images)], style)
          )
        }))
  }

  /// All images in one folder.
  private var flat: PackedFiles {
    var flat = PackedFiles()
    for (path, jpeg) in archive.packed.files { flat.files["images/\(path.split(separator: "/")[2])"] = jpeg }
    return flat
  }

  /// All images in one folder, beside a list of some of one class.
  private func list(_ name: String, _ indices: [Int], header: String = "filename,label\n") throws {
    try flat.writeFolder(images)
    let lines = indices.map { "\(Archive.fileName(name, $0)),\(name)\n" }.joined()
    try Data((header + lines).utf8).write(to: images.appendingPathComponent("test.csv"))
  }
}
