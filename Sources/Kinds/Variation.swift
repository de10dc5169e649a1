/// What makes the repeats of a system differ, and so what another repeat is.
public enum Variation: String, Hashable, Sendable {
  /// They are trained anew: begun with other parameters, on other tasks in another order.
  case training
  /// Nothing is trained, and they begin with other random parameters.
  case initialization
  /// Nothing: all repeats are the same.
  case nothing
}
