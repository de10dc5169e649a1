import FewShot
import Networks

extension Cell {
  /// Whether it has a network, trained or not: neighbours in pixels have none.
  public var hasNetwork: Bool { settings.haveNetwork }

  /// Whose statistics really normalize queries at test: the protocol's, unless the algorithm's setting
  /// `transduction` says that a query is labelled without the others.
  public var queryNormalization: BatchNormPolicy { test.queryNormalization(settings) }

  /// Whether it matters which queries are passed together: a network normalizes them by their own
  /// statistics.
  public var normalizesQueries: Bool {
    test.normalizesQueries(settings, isRegression: isRegression)
  }

  /// How many queries of each class are normalized together; nil where it does not matter.
  public var queriesNormalizedPerClass: Int? {
    normalizesQueries ? test.normalizeQueries.perClass(of: testShape) : nil
  }
}
