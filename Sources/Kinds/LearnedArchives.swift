import Measures
import Networks
import Optimizers
import Tensors

/// How what was learned is archived while it is learned, and kept with results.
public protocol LearnedArchives {
  /// What training changes.
  associatedtype Learned: Sendable

  /// Everything training needs to resume.
  func archive(_ learned: Learned) -> Archive
  /// What was archived; nil if it is not of this system.
  func learned(from archive: Archive) -> Learned?
  /// What results keep of what was learned: enough to test it again.
  func kept(_ learned: Learned) -> [NamedArray]
  /// What results kept, to be tested again and not trained, in what there was before training; nil if it is
  /// not of this system.
  func learned(keeping arrays: [NamedArray], in untrained: Learned) -> Learned?
}

// MARK: Parameters of networks

/// Archives of parameters under their names.
public protocol ParameterArchives: LearnedArchives {
  /// What is learned, in its order.
  var parameters: [ParameterDescription] { get }
}

/// Archives of what Adam trains: the parameters of networks, in the order of ``LearnerState/parameters``.
public protocol NetworkArchives: ParameterArchives where Learned == LearnerState {}

extension NetworkArchives {
  public func archive(_ learned: LearnerState) -> Archive { learned.archive(parameters) }

  public func learned(from archive: Archive) -> LearnerState? {
    LearnerState(archive, parameters: parameters)
  }

  /// The parameters, and the running statistics that go with them.
  public func kept(_ learned: LearnerState) -> [NamedArray] { learned.weights(parameters) }

  public func learned(keeping arrays: [NamedArray], in untrained: LearnerState) -> LearnerState? {
    untrained.replacing(arrays, parameters: parameters)
  }
}

// MARK: Nothing

/// What is learned where nothing is.
public struct Nothing: Sendable {
  /// The only value.
  public init() {}
}

/// Archives of what learns nothing before its test.
public protocol EmptyArchives: LearnedArchives where Learned == Nothing {}

extension EmptyArchives {
  public func archive(_ learned: Nothing) -> Archive { Archive() }
  public func learned(from archive: Archive) -> Nothing? { Nothing() }
  public func kept(_ learned: Nothing) -> [NamedArray] { [] }
  public func learned(keeping arrays: [NamedArray], in untrained: Nothing) -> Nothing? {
    arrays.isEmpty ? untrained : nil
  }
}
