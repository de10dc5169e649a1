/// What makes the repeats of a system differ, and so what another repeat is.
public enum Variation: String, Hashable, Sendable {
  /// Separate trainings: other initial parameters, and other tasks in another order.
  case training
  /// Nothing is trained, and they begin with other random parameters.
  case initialization
  /// Nothing: all repeats are the same.
  case nothing
}
