import Episodes
import FewShot
import Kinds
import Registry
import Storage

/// The whole program: what `metabench` is, and what a package with systems, kinds of experiment or datasets
/// of its own becomes.
///
///     import Commands
///     import FewShot
///
///     Program.main(adding: [mySystem])
public enum Program {
  /// Runs the command line of this process, and returns if that ended well.
  ///
  /// - Parameters:
  ///   - algorithms: Few-shot systems that suites can name besides those that are shipped.
  ///   - systems: Systems of other kinds.
  ///   - kinds: Kinds of experiment with their systems.
  ///   - datasets: Datasets.
  /// - Precondition: No name is taken.
  public static func main(
    adding algorithms: [AlgorithmDescription] = [], systems: [RegisteredSystem] = [],
    kinds: [RegisteredKind] = [], datasets: [Datasets.Entry] = []
  ) {
    SurveyProcess.use()
    datasets.forEach(Datasets.add)
    kinds.forEach(AddedKinds.add)
    algorithms.forEach(AlgorithmRegistry.add)
    systems.forEach(AddedKinds.add)
    MetaBenchCommand.main()
  }
}
