/// What makes the repeats of a cell differ.
public enum Repeats: String, Hashable, Sendable {
  /// They are trained with other random numbers.
  case training
  /// They begin with other random numbers, and nothing is trained.
  case initialization
  /// Nothing does.
  case nothing
}
