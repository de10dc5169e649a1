import FewShot

/// The whole program: what `metabench` is, and what a package with systems of its own becomes.
///
///     import FewShot
///     import Commands
///
///     Program.main(adding: [mySystem])
public enum Program {
  /// Runs the command line of this process, and returns if that ended well.
  ///
  /// - Parameter algorithms: Systems that suites can name besides those that are shipped.
  /// - Precondition: No name is taken.
  public static func main(adding algorithms: [AlgorithmDescription] = []) {
    for algorithm in algorithms { AlgorithmRegistry.add(algorithm) }
    MetaBenchCommand.main()
  }
}
