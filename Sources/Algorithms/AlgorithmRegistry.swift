/// What is known of an algorithm without making one.
public struct AlgorithmDescription: Sendable {
  /// The name in suites.
  public let name: String
  public let summary: String
  /// The paper it comes from.
  public let reference: String
  let classification: [SettingDescription]?
  let regression: [SettingDescription]?

  /// Whether the algorithm can learn from tasks of this kind.
  public func supports(regression isRegression: Bool) -> Bool {
    (isRegression ? regression : classification) != nil
  }

  /// The settings for tasks of one kind, with their defaults; empty where it is not supported.
  public func settings(isRegression: Bool) -> [SettingDescription] {
    (isRegression ? regression : classification) ?? []
  }
}

/// All algorithms, by name.
public enum AlgorithmRegistry {
  public static let all: [AlgorithmDescription] = []

  public static func named(_ name: String) -> AlgorithmDescription? {
    all.first { $0.name == name }
  }
}
