import Foundation
import Results

/// What a result was made with, as far as it can change its numbers: the values of its
/// configuration by their paths, as in `settings.innerRate`.
struct ResolvedConfiguration: Equatable {
  /// Each value as it stands in the JSON.
  let values: [String: String]

  /// - Parameter json: A cell's configuration. What is no JSON object has no values.
  init(json: String) {
    var values: [String: String] = [:]
    func collect(_ object: Any, _ path: String) {
      if let members = object as? [String: Any] {
        for (key, value) in members { collect(value, path.isEmpty ? key : "\(path).\(key)") }
      } else if let list = object as? [Any] {
        for (index, value) in list.enumerated() { collect(value, "\(path).\(index)") }
      } else {
        values[path] = "\(object)"
      }
    }
    if let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) { collect(object, "") }
    self.values = values
  }

  /// The version of the suite; nil if it is not told.
  var version: Int? { values["version"].flatMap { Int($0) } }

  /// All values but the number of the repeat, one per line: what repeats of one cell share.
  var ofFamily: String {
    values.filter { $0.key != "repeat" }.sorted { $0.key < $1.key }
      .map { "\($0.key): \($0.value)" }.joined(separator: "\n")
  }

  /// What `other` has otherwise, as in `settings.innerRate 0.4 → 0.1`, sorted; repeats may differ.
  func changes(in other: ResolvedConfiguration) -> [String] {
    Set(values.keys).union(other.values.keys).subtracting(["repeat"]).sorted().compactMap { key in
      let (old, new) = (values[key] ?? "none", other.values[key] ?? "none")
      return old == new ? nil : "\(key) \(old) → \(new)"
    }
  }
}

extension CellRecord {
  var resolved: ResolvedConfiguration { ResolvedConfiguration(json: configuration) }
}
