import Digests
import Storage

/// A named division of a dataset's classes into training, validation and test classes.
///
/// The lists are files that the program carries (`Splits/<folder>`), one class per line.
package struct ClassSplit: Sendable {
  /// The name in suites.
  package let name: String
  private let summary: String
  private let examplesPerClass: Int
  private let lists: [Part: [String]]

  /// - Parameters:
  ///   - folder: Where the lists are, for example `fc100/oreshkin`.
  ///   - examplesPerClass: In the complete dataset.
  init(_ name: String, folder: String, summary: String, examplesPerClass: Int) {
    self.name = name
    self.summary = summary
    self.examplesPerClass = examplesPerClass
    lists = Dictionary(
      uniqueKeysWithValues: Part.allCases.map {
        ($0, SplitList.lines("\(folder)/\($0.rawValue)"))
      })
  }

  /// The classes of one part, in their order.
  package func classes(of part: Part) -> [String] { lists[part]! }

  /// The classes of all parts.
  package var classes: [String] { Part.allCases.flatMap(classes) }

  var description: SplitDescription {
    var digest = Digest()
    for part in Part.allCases {
      digest.absorb(part.rawValue)
      digest.absorb(classes(of: part).joined(separator: "\n"))
    }
    return SplitDescription(
      name: name, summary: summary, classes: lists.mapValues(\.count),
      examplesPerClass: examplesPerClass, digest: digest.hex)
  }
}
