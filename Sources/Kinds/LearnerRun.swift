import Measures

/// A run of a learner, which knows how what it learned is archived.
public protocol LearnerRun: CellRun where Learned == Learner.Learned {
  /// What is trained and tested.
  associatedtype Learner: LearnedArchives

  /// Its settings.
  var learner: Learner { get }
}

extension LearnerRun {
  public func archive(_ learned: Learned) -> Archive { learner.archive(learned) }
  public func learned(from archive: Archive) -> Learned? { learner.learned(from: archive) }
  public func kept(_ learned: Learned) -> [NamedArray] { learner.kept(learned) }
  public func learned(keeping arrays: [NamedArray], in untrained: Learned) -> Learned? {
    learner.learned(keeping: arrays, in: untrained)
  }
}
