import Episodes
import Foundation
import Storage
import TemporaryFolders
import Testing

/// Imports of a made-up Omniglot of three characters; the real one is in `RealOmniglotTests`.
@Suite struct OmniglotImporterTests {
  let folder: TemporaryFolder
  let data: URL
  let zip: URL
  var archive = DrawingArchive()

  init() throws {
    folder = try TemporaryFolder()
    data = folder.file("data")
    zip = folder.file("images.zip")
  }

  @Test func aZipAndAFolderGiveTheSameFile() throws {
    archive.writeZip(zip)
    let first = try run([zip])
    let bytes = try Data(contentsOf: first.file)
    #expect(first.classes == 3 && first.examples == 60)
    #expect(first.file == data.appendingPathComponent("omniglot.h5"))

    try archive.writeFolder(folder.file("unpacked"))
    let second = try run([folder.file("unpacked")])
    #expect(second.digest == first.digest)
    #expect(try Data(contentsOf: second.file) == bytes)
  }

  @Test func drawingsAreReducedByAreaAveraging() throws {
    archive.writeZip(zip)
    let file = try HDF5File.open(reading: try run([zip]).file)
    let (shape, images) = try file.bytes("/images")
    #expect(shape == [3, 20, 28, 28])
    let ink = DrawingArchive.drawing(1, 5)
    for (y, x) in [(0, 0), (4, 2), (4, 3), (10, 11), (10, 12), (21, 5), (27, 27), (20, 2)] {
      var area = 0.0
      for (row, column) in (0..<105).flatMap({ row in (0..<105).map { (row, $0) } })
      where ink[row * 105 + column] == 1 {
        let height = min(3.75 * Double(y + 1), Double(row + 1)) - max(3.75 * Double(y), Double(row))
        let width =
          min(3.75 * Double(x + 1), Double(column + 1)) - max(3.75 * Double(x), Double(column))
        area += max(0, height) * max(0, width)
      }
      let expected = UInt8((255 * area / (3.75 * 3.75)).rounded())
      #expect(images[(1 * 20 + 4) * 784 + y * 28 + x] == expected)
    }
  }

  @Test mutating func otherFilesInAnArchiveAreIgnored() throws {
    archive.files["__MACOSX/images_background/Greek/character01/._0000_01.png"] = [1, 2, 3]
    archive.files["images_background/README.md"] = [1, 2, 3]
    archive.writeZip(zip)
    _ = try run([zip])
  }

  @Test func anArchiveThatBeginsWithThePresentFolderIsRead() throws {
    let tar = folder.file("images.tar.gz")
    let files = archive.files.map { ("./\($0.key)", $0.value) }
    PackedFiles(files: Dictionary(uniqueKeysWithValues: files)).writeTar(tar)
    #expect(try run([tar]).examples == 60)
  }

  @Test func progressRunsToOne() throws {
    archive.writeZip(zip)
    var parts: [Double] = []
    _ = try OmniglotImporter.run(
      archives: [zip], into: data, catalogue: archive.catalogue) { parts.append($0) }
    #expect(parts == parts.sorted() && parts.last == 1)
  }

  @Test(arguments: [10, 400, 5000])
  func aTruncatedZipIsRefused(_ cut: Int) throws {
    archive.writeZip(zip)
    try Data(contentsOf: zip).dropLast(cut).write(to: zip)
    try expect(.notAnArchive(file: zip.path, isTruncated: true), "Download it again")
  }

  @Test func aZipWithABrokenInsideIsRefused() throws {
    archive.writeZip(zip)
    var bytes = try Data(contentsOf: zip)
    bytes.replaceSubrange(2000..<2400, with: Data(count: 400))
    try bytes.write(to: zip)
    let error = #expect(throws: EpisodesError.self) { try run([zip]) }
    guard case .damagedArchive(zip.path, _) = error else {
      Issue.record("\(error!)")
      return
    }
  }

  @Test func aFileThatIsNoZipIsRefused() throws {
    try Data("not a zip archive, but long enough to look at".utf8).write(to: zip)
    try expect(.notAnArchive(file: zip.path, isTruncated: false), "Give the archives")
  }

  /// A small archive that unpacks to much more cannot fill the memory.
  @Test mutating func anEntryThatIsTooLargeIsRefused() throws {
    let entry = try #require(archive.files.keys.min())
    archive.files[entry] = [UInt8](repeating: 0, count: 64 << 20)
    let expected = EpisodesError.tooLarge(entry: entry, file: zip.path, limit: 1 << 20)
    archive.writeZip(zip)
    try expect(expected, "download it again")
    let unpacked = folder.file("unpacked")
    try archive.writeFolder(unpacked)
    #expect(throws: EpisodesError.tooLarge(entry: entry, file: unpacked.path, limit: 1 << 20)) { try run([unpacked]) }
  }

  @Test func aMissingFileIsNamed() throws {
    try expect(
      .unreadable(file: zip.path, reason: "there is no such file"), "Check the path")
  }

  @Test mutating func aZipOfSomethingElseIsRefused() throws {
    archive.files = ["other/text.txt": [1, 2, 3]]
    archive.writeZip(zip)
    try expect(.noDrawings(file: zip.path, found: "1 .txt file"), "images_background.zip and images_evaluation.zip")
  }

  @Test mutating func drawingsOfUnknownCharactersAreRefused() throws {
    let path = "images_background/Klingon/character01/0001_01.png"
    archive.files[path] = [1, 2, 3]
    archive.writeZip(zip)
    try expect(.unknownDrawing(entry: path, file: zip.path), "another dataset")
  }

  @Test mutating func aMissingCharacterIsNamed() throws {
    archive.files = archive.files.filter { !$0.key.contains("Greek/character02") }
    archive.writeZip(zip)
    try expect(.missingCharacters(count: 1, of: 3, first: "Greek/character02"), "Give both")
  }

  @Test mutating func missingDrawingsAreNamed() throws {
    archive.files["images_background/Tengwar/character01/0002_07.png"] = nil
    archive.files["images_background/Tengwar/character01/0002_20.png"] = nil
    archive.writeZip(zip)
    try expect(
      .missingDrawings(character: "Tengwar/character01", drawers: [7, 20]), "drawers 7, 20")
  }

  @Test mutating func anImageOfAnotherSizeIsRefused() throws {
    let path = "images_background/Tengwar/character01/0002_07.png"
    archive.files[path] = DrawingArchive.png(Array(repeating: 1, count: 28 * 28), side: 28)
    archive.writeZip(zip)
    try expect(
      .badImage(entry: path, reason: "it has 28 x 28 pixels instead of 105 x 105"), "105 x 105")
  }

  @Test mutating func aFileThatIsNoImageIsRefused() throws {
    let path = "images_background/Tengwar/character01/0002_07.png"
    archive.files[path] = Array(archive.files[path]!.prefix(60))
    archive.writeZip(zip)
    let error = #expect(throws: EpisodesError.self) { try run([zip]) }
    guard case .badImage(path, _) = error else {
      Issue.record("\(error!)")
      return
    }
  }

  @Test mutating func changedPixelsAreNoticed() throws {
    archive.files["images_background/Greek/character02/0001_03.png"] =
      archive.files["images_background/Greek/character02/0001_04.png"]
    archive.writeZip(zip)
    try expect(.wrongPixels(character: "Greek/character02"), "changed or swapped")
  }

  @Test func nothingToImportSaysWhatToGive() throws {
    let error = #expect(throws: EpisodesError.self) { try run([]) }
    #expect("\(error!)".contains("images_background.zip images_evaluation.zip"))
  }

  @Test func anUnwritableFolderIsAnErrorOfStorage() throws {
    archive.writeZip(zip)
    #expect(throws: StorageError.self) {
      try OmniglotImporter.run(
        archives: [zip], into: URL(fileURLWithPath: "/proc/metabench"),
        catalogue: archive.catalogue)
    }
  }

  @Test func aFailedImportLeavesTheEarlierOneUntouched() throws {
    archive.writeZip(zip)
    let file = try run([zip]).file
    let before = try Data(contentsOf: file)
    var broken = archive
    broken.files["images_background/Greek/character02/0001_03.png"] = nil
    broken.writeZip(zip)
    #expect(throws: EpisodesError.self) { try run([zip]) }
    #expect(try Data(contentsOf: file) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: data.path) == ["omniglot.h5"])
  }

  @Test func aFullDiskLeavesTheEarlierImportUntouched() throws {
    archive.writeZip(zip)
    // Skipped where a small volume cannot be mounted: that takes root. It holds one file, not two.
    guard let volume = try SmallVolume(kilobytes: 64) else { return }
    let file = try OmniglotImporter.run(
      archives: [zip], into: volume.url, catalogue: archive.catalogue).file
    let before = try Data(contentsOf: file)
    #expect(throws: StorageError.noSpace(file: file.path)) {
      try OmniglotImporter.run(archives: [zip], into: volume.url, catalogue: archive.catalogue)
    }
    #expect(try Data(contentsOf: file) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: volume.url.path) == ["omniglot.h5"])
  }

  func run(_ archives: [URL]) throws -> ImportSummary {
    try OmniglotImporter.run(archives: archives, into: data, catalogue: archive.catalogue)
  }

  func expect(_ expected: EpisodesError, _ advice: String) throws {
    let error = #expect(throws: EpisodesError.self) { try run([zip]) }
    #expect(error == expected)
    #expect("\(expected)".contains(advice))
    #expect(!FileManager.default.fileExists(atPath: data.path), "nothing is left behind")
  }
}
