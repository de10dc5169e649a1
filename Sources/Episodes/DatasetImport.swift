import Foundation

/// How the files of a dataset come into the data directory.
public struct DatasetImport: Sendable {
  /// The name of the file that an import makes; datasets of the same images share it.
  let file: String
  /// The official archives' names, or what is to be given instead.
  let archives: [String]
  /// What the name of an official archive is added to for its address; nil where there is no official
  /// download.
  let source: String?
  /// Why there is no official download; empty where there is one.
  let whyNoSource: String
  /// Packs archives, or the folders that hold them, into a file of the data directory. `replacing` lets
  /// it take the place of one that has more examples of some class; the last argument is called with the
  /// finished part, in 0...1.
  public let run: Run

  /// What ``run`` is.
  public typealias Run = @Sendable (
    _ archives: [URL], _ data: URL, _ replacing: Bool, _ progress: (Double) -> Void
  ) throws -> ImportSummary
  /// What an imported file holds, in a few words; empty where that never varies.
  public let content: @Sendable (_ data: URL) throws -> String

  init(
    file: String, archives: [String], source: String?, whyNoSource: String = "",
    content: @escaping @Sendable (_ data: URL) throws -> String = { _ in "" },
    run: @escaping Run
  ) {
    self.file = file
    self.archives = archives
    self.source = source
    self.whyNoSource = whyNoSource
    self.content = content
    self.run = run
  }
}
