import Kinds

extension Continual {
  /// The systems that suites may name, in the order in which lists show them.
  public static var systems: [SystemDescription<Continual>] {
    [
      PlainSGD.description, L2.description, Dropout.description, EWC.description,
      SingleTask.description,
    ]
  }
}
