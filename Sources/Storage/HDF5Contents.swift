/// What an HDF5 file holds: the attributes of its root, and where in the file the values of its datasets lie.
///
/// It is all that HDF5 is asked for. Values are then read from the file itself, so that nothing that is forged in it
/// is handled by HDF5 in this process; see ``SurveyProcess``.
package struct HDF5Contents: Codable, Equatable, Sendable {
  package enum Attribute: Codable, Equatable, Sendable {
    case text(String)
    case integer(Int64)
    /// The bits of a float64, which JSON has not all words for.
    case number(UInt64)
    /// Something else, in words.
    case other(String)
  }

  package struct Dataset: Codable, Equatable, Sendable {
    /// The type of its values in words, as in ``HDF5Element/elementName``.
    package var element: String
    /// Outermost dimension first.
    package var shape: [Int]
    /// The place in the file of its first byte; row-major order, nothing between values.
    package var offset: Int

    package init(element: String, shape: [Int], offset: Int) {
      (self.element, self.shape, self.offset) = (element, shape, offset)
    }
  }

  package var attributes: [String: Attribute] = [:]
  /// By path, as in `/test/accuracy`.
  package var datasets: [String: Dataset] = [:]
  var groups: Set<String> = []

  package init() {}

  /// A path as ``datasets`` and ``groups`` have it.
  static func path(_ name: String) -> String { "/" + name.split(separator: "/").joined(separator: "/") }

  func contains(_ name: String) -> Bool {
    let path = Self.path(name)
    return path == "/" || datasets[path] != nil || groups.contains(path)
  }

  /// The names of what is directly in `group`, sorted.
  func names(in group: String) -> [String] {
    let path = Self.path(group)
    let prefix = path == "/" ? path : path + "/"
    return (Array(datasets.keys) + groups).filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
      .filter { !$0.isEmpty && !$0.contains("/") }.map(String.init).sorted()
  }
}
