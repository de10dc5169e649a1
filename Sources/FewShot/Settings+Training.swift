import Episodes
import Kinds

extension Settings {
  /// The settings with which an algorithm shapes training episodes of its own.
  public static let trainingKeys = ["trainWay", "trainShot", "trainQuery"]

  /// The shape of training episodes: the protocol's `shape`, but for what ``trainingKeys`` say. With a shot
  /// of their own they have one query, which nobody looks at, unless that is set, too.
  public func trainingShape(_ shape: EpisodeShape) -> EpisodeShape {
    func own(_ key: String) -> Int? {
      guard case .integer(let value) = self[key], value > 0 else { return nil }
      return value
    }
    let shot = own("trainShot")
    return EpisodeShape(
      way: own("trainWay") ?? shape.way, shot: shot ?? shape.shot,
      query: own("trainQuery") ?? (shot == nil ? shape.query : 1))
  }
}
