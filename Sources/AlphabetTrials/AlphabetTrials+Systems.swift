import Kinds

extension AlphabetTrials {
  /// The systems that suites may name, in the order in which lists show them.
  public static var systems: [SystemDescription<AlphabetTrials>] {
    [Siamese.description, NearestDrawing.description]
  }
}
