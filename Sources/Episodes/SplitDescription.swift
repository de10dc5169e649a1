/// What is known about a named split before any file is opened.
public struct SplitDescription: Sendable {
  /// What suites call it.
  public let name: String
  /// One sentence: which classes are where, and whose list it is.
  public let summary: String
  /// Classes per part that one episode can draw from, rotations included; empty for regression.
  public let classes: [Part: Int]
  /// Examples per class; `Int.max` where there is no limit.
  public let examplesPerClass: Int
  /// The hexadecimal SHA-256 of the named list, or of the generator's name and version.
  public let digest: String
  /// Numbers that describe the task of each example, for oracles; 0 where there are none.
  public var contextWidth = 0
  /// Images of each part where opening one gives ``LabelledImages``; empty where it does not.
  public var images: [Part: Int] = [:]
  /// Characters of each alphabet of each part where opening one gives an ``AlphabetSource``; empty where it
  /// does not.
  public var alphabets: [Part: [Int]] = [:]
  /// Runs of test alphabets that others have been tested on; empty where there are none.
  public var officialRuns: [AlphabetRun] = []

  /// A description from its parts.
  public init(
    name: String, summary: String, classes: [Part: Int], examplesPerClass: Int, digest: String,
    contextWidth: Int = 0, images: [Part: Int] = [:], alphabets: [Part: [Int]] = [:],
    officialRuns: [AlphabetRun] = []
  ) {
    self.name = name
    self.summary = summary
    self.classes = classes
    self.examplesPerClass = examplesPerClass
    self.digest = digest
    self.contextWidth = contextWidth
    self.images = images
    self.alphabets = alphabets
    self.officialRuns = officialRuns
  }
}
