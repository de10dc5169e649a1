import Foundation

/// All of a cell's configuration that can change what it learns: two cells of equal identity have equal
/// parameters.
///
/// Left out is how many test episodes there are, how large, and which queries are normalized together.
/// A batch-norm policy stays: with running averages systems are trained otherwise. Of a cell that chooses
/// settings all stays that a validation unit depends on.
public struct TrainingIdentity: Hashable, Sendable {
  private let text: Data

  /// - Parameters:
  ///   - configuration: A cell's, as stored.
  ///   - catalog: The kinds that it may be of.
  /// - Returns: nil for a text that is no configuration.
  public init?(configuration: String, catalog: Catalog = .standard) {
    let json = try? JSONSerialization.jsonObject(with: Data(configuration.utf8))
    guard var members = json as? [String: Any], let test = members["test"] as? [String: Any] else {
      return nil
    }
    let kind = (members["kind"] as? String).map(catalog.kind(named:)) ?? catalog.kinds[0]
    let (keys, counts) = (kind?.description.testKeysOfTraining ?? [], kind?.description.countKeys ?? [])
    members["test"] = test.filter { key, _ in
      members["tune"] == nil ? keys.contains(key) : !counts.contains(key)
    }
    guard let text = try? JSONSerialization.data(withJSONObject: members, options: .sortedKeys) else {
      return nil
    }
    self.text = text
  }

  /// That of a cell.
  public init?(_ cell: Cell) { self.init(configuration: cell.configuration) }
}
