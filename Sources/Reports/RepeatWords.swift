import Kinds

/// What another repeat is, in words.
enum RepeatWords {
  /// Stands behind an interval over episodes alone, among others that count in repeats.
  static let mark = "†"

  /// Why nothing is said of other trainings.
  static let ofOne = "with one repeat, variation between trainings is unknown"

  /// As in `training anew`; of both kinds `training anew (untrained: another initialization)`.
  static func others(_ variations: some Sequence<Variation>) -> String {
    let all = Set(variations)
    guard all.contains(.initialization) else { return "training anew" }
    return all.contains(.training)
      ? "training anew (of what is not trained: another initialization)" : "another initialization"
  }
}
