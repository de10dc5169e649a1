import Kinds

extension OnlineSequences {
  /// The systems that suites may name, in the order in which lists show them.
  public static var systems: [SystemDescription<OnlineSequences>] {
    [
      BlackBox.description, MANN.description, MemoryModule.description, Counting.description, RunningMean.description,
    ]
  }
}
