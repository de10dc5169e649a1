import Foundation

/// What an import has put into the data directory.
public struct ImportSummary: Sendable {
  /// The dataset as suites call it.
  public let dataset: String
  /// Where it was written.
  public let file: URL
  /// Classes before rotation.
  public let classes: Int
  /// Examples of all classes.
  public let examples: Int
  /// The hexadecimal SHA-256 of the file's content: the same for every import of the same images.
  public let digest: String
  /// What else there is to know, as a sentence; nil where an import is always complete.
  public let note: String?
  /// What was left out and what is strange, a sentence each.
  public let remarks: [String]

  init(
    dataset: String, file: URL, classes: Int, examples: Int, digest: String, note: String? = nil,
    remarks: [String] = []
  ) {
    self.dataset = dataset
    self.file = file
    self.classes = classes
    self.examples = examples
    self.digest = digest
    self.note = note
    self.remarks = remarks
  }
}
