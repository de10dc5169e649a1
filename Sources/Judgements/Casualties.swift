/// Repeats that were run and have no score.
enum Casualties {
  /// As in `7 diverged, 1 failed`; nil if there are none.
  ///
  /// - Parameter statuses: Those of some repeats, in any order; others are not looked at.
  static func words(_ statuses: [String]) -> String? {
    let parts = ["diverged", "failed"].compactMap { status in
      let count = statuses.count { $0 == status }
      return count == 0 ? nil : "\(count) \(status)"
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// As in `1 of 8; 7 diverged`, or `2 of 3` where there are no casualties.
  static func standing(_ done: Int, of count: Int, _ casualties: String?) -> String {
    "\(done) of \(count)" + (casualties.map { "; \($0)" } ?? "")
  }
}
