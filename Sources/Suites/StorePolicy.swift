/// Which cells keep their learned parameters in their result files.
public enum StorePolicy: String, Sendable, CaseIterable {
  /// Every cell.
  case all
  /// Those of repeat 0: results stay small enough to be committed.
  case firstRepeat = "first-repeat"
  /// No cell.
  case none

  /// Whether a cell of this repeat keeps them.
  public func keepsParameters(ofRepeat repetition: Int) -> Bool {
    switch self {
    case .all: true
    case .firstRepeat: repetition == 0
    case .none: false
    }
  }
}
