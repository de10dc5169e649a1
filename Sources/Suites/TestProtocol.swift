import Episodes
import FewShot
import Kinds
import Measures
import Networks

/// How a cell is tested: the episodes are the same for every algorithm and repeat.
public struct TestProtocol: Hashable, Sendable {
  /// Test episodes; the most there may be if `until` is set.
  public var episodes: Int
  /// Query examples per class (regression: per task) of a test episode.
  public var query: Int
  /// Whose statistics normalize the query set.
  public var batchNorm: BatchNormPolicy
  /// Which queries are passed together, where their own statistics normalize them.
  public var normalizeQueries = QueryGrouping.all

  /// The half-width of the 95 % interval that is wanted: as many episodes are run as it needs. nil
  /// to run all.
  public var until: Double?

  /// A protocol from its parts.
  public init(episodes: Int, query: Int, batchNorm: BatchNormPolicy, until: Double? = nil) {
    self.episodes = episodes
    self.query = query
    self.batchNorm = batchNorm
    self.until = until
  }

  /// What ``CellCoordinates/testKeys`` are where nothing is said.
  static let standard: [String: SettingValue] = [
    "batchNorm": .text(BatchNormPolicy.queryBatch.rawValue),
    "normalizeQueries": .text(QueryGrouping.all.text),
  ]

  /// Whose statistics really normalize queries: the protocol's, unless the algorithm's setting
  /// `transduction` says that a query is labelled without the others.
  func queryNormalization(_ settings: Settings) -> BatchNormPolicy {
    batchNorm == .queryBatch && settings["transduction"] == .flag(false) ? .supportOnly : batchNorm
  }

  /// Whether it matters which queries are passed together: a network normalizes them by their own
  /// statistics.
  func normalizesQueries(_ settings: Settings, isRegression: Bool) -> Bool {
    !isRegression && settings.haveNetwork && queryNormalization(settings) == .queryBatch
  }
}

extension Settings {
  /// Whether these are of an algorithm with a network, trained or not: neighbours in pixels have none.
  var haveNetwork: Bool { self["features"] != .text("pixels") }
}
