import Measures
import Networks
import Optimizers
import Tensors

/// A run that learns the parameters of networks with Adam: they are archived under their names.
public protocol NetworkRun: CellRun where Learned == LearnerState {
  /// What is learned, in the order of ``LearnerState/parameters``.
  var parameters: [ParameterDescription] { get }
}

extension NetworkRun {
  public func archive(_ learned: LearnerState) -> Archive { learned.archive(parameters) }

  public func learned(from archive: Archive) -> LearnerState? {
    LearnerState(archive, parameters: parameters)
  }

  /// The parameters, and the running statistics that go with them.
  public func kept(_ learned: LearnerState) -> [NamedArray] { learned.weights(parameters) }

  public func learned(keeping arrays: [NamedArray]) -> LearnerState? {
    begin().replacing(arrays, parameters: parameters)
  }
}
