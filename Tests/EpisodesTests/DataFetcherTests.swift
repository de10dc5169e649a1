import Episodes
import Foundation
import Storage
import TemporaryFolders
import Testing

@Suite struct DataFetcherTests {
  @Test func withoutANetworkTheErrorSaysWhatToDoInstead() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: EpisodesError.self) {
      try DataFetcher.fetch("omniglot", into: folder.url, from: "file:///nonexistent/")
    }
    let text = "\(error!)"
    #expect(text.contains("file:///nonexistent/images_background.zip: cannot be downloaded"))
    #expect(text.contains("file:///nonexistent/images_evaluation.zip"))
    #expect(
      text.contains(
        "'metabench data import omniglot images_background.zip images_evaluation.zip'"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  @Test func anUnwritableFolderIsAnErrorOfStorage() {
    #expect(throws: StorageError.self) {
      try DataFetcher.fetch("omniglot", into: URL(fileURLWithPath: "/proc/metabench"))
    }
  }

  @Test func generatedDatasetsHaveNothingToFetch() throws {
    #expect(throws: EpisodesError.nothingToFetch(dataset: "strokes")) {
      try DataFetcher.fetch("strokes", into: URL(fileURLWithPath: "/nonexistent"))
    }
  }

  @Test func withoutAnOfficialDownloadTheErrorSaysWhatToBring() throws {
    let error = #expect(throws: EpisodesError.self) {
      try DataFetcher.fetch("mini-imagenet", into: URL(fileURLWithPath: "/nonexistent"))
    }
    #expect("\(error!)".contains("has no official download: its images are ImageNet's"))
    #expect("\(error!)".contains("'metabench data import mini-imagenet FOLDER'"))
  }
}
