/// Which cells keep their learned parameters in their result files.
public enum StorePolicy: String, Sendable, CaseIterable {
  /// Every cell.
  case all
  /// Those of repeat 0: results stay small enough to be committed.
  case firstRepeat = "first-repeat"
  /// No cell.
  case none
}
