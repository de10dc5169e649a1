import Episodes
import FewShot
import Suites

/// A few-shot cell's place and plan, by name.
extension Cell {
  public var fewShot: FewShot { plan.kind as! FewShot }
  public var way: Int { fewShot.way }
  public var shot: Int { fewShot.shot }
  public var query: Int { fewShot.query }
  public var isRegression: Bool { fewShot.isRegression }
  public var testShape: EpisodeShape { fewShot.testShape }
  public var episodes: Int { plan.effort.units }
  public var iterations: Int { plan.effort.iterations }
  public var validateEvery: Int { plan.effort.validateEvery }
  /// How many queries of each class are normalized together; nil where it does not matter.
  public var queriesNormalizedPerClass: Int? {
    fewShot.testConditions["normalizeQueries"]?.compactMap { name in
      name.hasPrefix("way x ") ? Int(name.dropFirst("way x ".count)) : nil
    }.first
  }
}
