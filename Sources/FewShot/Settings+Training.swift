import Episodes
import Kinds

/// The settings with which an algorithm shapes training episodes of its own. Each is left out, or 0, where
/// the protocol's shape is meant.
enum TrainingKeys {
  static let way = Setting("trainWay", 0, atLeast: 2, "classes of a training episode")
  static let shot = Setting("trainShot", 0, atLeast: 1, "examples per class of a training task")
  static let query = Setting("trainQuery", 0, atLeast: 1, "queries per class of a training episode")
}

extension Settings {
  /// The names of ``TrainingKeys``.
  static let trainingKeys = [TrainingKeys.way, TrainingKeys.shot, TrainingKeys.query].map(\.name)

  /// The shape of training episodes: the protocol's `shape`, but for what ``TrainingKeys`` say. With a shot
  /// of their own they have one query, which nobody looks at, unless that is set, too.
  public func trainingShape(_ shape: EpisodeShape) -> EpisodeShape {
    func own(_ key: Setting<Int>) -> Int? {
      self[ifPresent: key].flatMap { $0 > 0 ? $0 : nil }
    }
    let shot = own(TrainingKeys.shot)
    return EpisodeShape(
      way: own(TrainingKeys.way) ?? shape.way, shot: shot ?? shape.shot,
      query: own(TrainingKeys.query) ?? (shot == nil ? shape.query : 1))
  }
}
