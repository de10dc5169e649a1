import Episodes
import Foundation
import Storage
import TemporaryFolders
import Testing

@Suite struct OmniglotFileTests {
  @Test func aForeignFileIsRefused() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("omniglot.h5")
    try AtomicFile.write(to: url) { temporary in
      let file = try HDF5File.create(at: temporary)
      try file.setAttribute("dataset", "something else")
      try file.close()
    }
    let error = #expect(throws: EpisodesError.self) { try open(folder) }
    guard case .notOurs(url.path, _) = error else {
      Issue.record("\(error!)")
      return
    }
  }

  @Test func aFileThatIsNotHDF5IsRefused() throws {
    let folder = try TemporaryFolder()
    try Data("text".utf8).write(to: folder.file("omniglot.h5"))
    #expect(throws: StorageError.notHDF5(file: folder.file("omniglot.h5").path)) {
      try open(folder)
    }
  }

  @Test func anImportThatLacksCharactersOfTheSplitIsRefused() throws {
    let folder = try TemporaryFolder()
    let archive = DrawingArchive()
    archive.writeZip(folder.file("images.zip"))
    _ = try OmniglotImporter.run(
      archives: [folder.file("images.zip")], into: folder.url, catalogue: archive.catalogue)
    let error = #expect(throws: EpisodesError.self) { try open(folder) }
    guard case .missingCharacters(_, of: 423, _) = error else {
      Issue.record("\(error!)")
      return
    }
  }

  func open(_ folder: TemporaryFolder) throws -> any EpisodeSource {
    try Datasets.episodes("omniglot", split: "vinyals", part: .test, data: folder.url)
  }
}
