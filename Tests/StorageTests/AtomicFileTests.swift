import Foundation
import Storage
import TemporaryFolders
import Testing

@Suite struct AtomicFileTests {
  private struct Interruption: Error {}

  @Test func writesTextIntoFoldersThatAreMissing() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a/b/c.txt")
    try AtomicFile.write("one", to: url)
    try AtomicFile.write("zwö", to: url)
    #expect(try String(contentsOf: url, encoding: .utf8) == "zwö")
    #expect(try folder.names() == ["a"])
  }

  @Test func aFailedWriterLeavesTheOldFileAndNothingElse() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.txt")
    try AtomicFile.write("old", to: url)
    #expect(throws: Interruption.self) {
      try AtomicFile.write(to: url) { temporary in
        try Data("half".utf8).write(to: temporary)
        throw Interruption()
      }
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == "old")
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func aFolderThatIsAFileIsSaid() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("", to: folder.file("file"))
    let url = folder.file("file/inside.txt")
    let error = #expect(throws: StorageError.self) { try AtomicFile.write("x", to: url) }
    guard case .notWritable(url.path, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("is not a folder"))
  }

  @Test func aTargetThatIsAFolderIsSaid() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("", to: folder.file("a/b"))
    #expect(throws: StorageError.self) { try AtomicFile.write("x", to: folder.file("a")) }
    #expect(try folder.names() == ["a"])
  }

  @Test func leftoversOfKilledWritersAreRemovedAndNothingElse() throws {
    let folder = try TemporaryFolder()
    for name in [".a.h5.12-1.partial", "a.h5", ".hidden", "b.partial"] {
      try AtomicFile.write("", to: folder.file(name))
    }
    try AtomicFile.removeLeftovers(in: folder.url)
    #expect(try folder.names() == [".hidden", "a.h5", "b.partial"])
    try AtomicFile.removeLeftovers(in: folder.file("absent"))
  }

  /// The name of the next temporary file is known to anyone; what lies there is neither written to nor followed.
  @Test func whatLiesUnderATemporaryNameIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    let (url, victim) = (folder.file("a.txt"), folder.file("victim"))
    try AtomicFile.write("mine", to: victim)
    var first = ""
    try AtomicFile.write(to: url) { first = $0.lastPathComponent }
    let number = try #require(Int(first.split(separator: "-").last!.prefix { $0.isNumber }))
    let planted = (1...50).map { first.replacing("-\(number).", with: "-\(number + $0).") }
    for name in planted { symlink(victim.path, folder.file(name).path) }
    try AtomicFile.write("new", to: url)
    #expect(try String(contentsOf: url, encoding: .utf8) == "new")
    #expect(try String(contentsOf: victim, encoding: .utf8) == "mine")
  }

  @Test func whatAKilledWriterLeftIsRemovedWhereOthersWrite() throws {
    let folder = try TemporaryFolder()
    let left = folder.file(".a.h5.12-1.partial")
    try AtomicFile.write("", to: left)
    try AtomicFile.write(to: folder.file("b.txt")) { temporary in
      // Whoever writes may take any time for it.
      try FileManager.default.setAttributes([.modificationDate: Date.now - 1e6], ofItemAtPath: temporary.path)
      try AtomicFile.removeAbandoned(in: folder.url)
      #expect(try folder.names() == [temporary.lastPathComponent])
    }
    #expect(try folder.names() == ["b.txt"])
  }

  @Test func aFullVolumeKeepsTheOldFileAndNamesTheNewOne() throws {
    guard let volume = try SmallVolume(kilobytes: 1024) else { return }
    let url = volume.folder.file("a.txt")
    try AtomicFile.write("old", to: url)
    let text = String(repeating: "x", count: 4 << 20)
    #expect(throws: StorageError.noSpace(file: url.path)) { try AtomicFile.write(text, to: url) }
    #expect(try String(contentsOf: url, encoding: .utf8) == "old")
    #expect(try volume.folder.names() == ["a.txt"])
  }
}
