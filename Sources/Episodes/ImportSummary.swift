import Foundation

/// What an import has put into the data directory.
public struct ImportSummary: Sendable {
  public let dataset: String
  public let file: URL
  /// Classes before rotation.
  public let classes: Int
  public let examples: Int
  /// The hexadecimal SHA-256 of the file's content: the same for every import of a dataset.
  public let digest: String
}
