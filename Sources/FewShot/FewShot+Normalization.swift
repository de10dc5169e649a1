import Episodes
import Kinds
import Networks

extension FewShot {
  /// Whether there is a network, trained or not: neighbours in pixels have none.
  var hasNetwork: Bool { values.settings[ifPresent: NearestNeighbor.features] != .pixels }

  /// Whether its network has normalized layers: the neural statistician's has none.
  var isNormalized: Bool { hasNetwork && values.settings[ifPresent: NeuralStatistician.model] == nil }

  /// Whose statistics really normalize queries at test: the protocol's, unless the algorithm's setting
  /// `transduction` says that a query is labelled without the others.
  var queryNormalization: BatchNormPolicy {
    let policy = values.testing[Keys.batchNorm]
    return policy == .queryBatch && values.settings[ifPresent: Reptile.transduction] == false ? .supportOnly : policy
  }

  /// Whether results depend on which queries are passed together: a network normalizes them by their own
  /// statistics.
  var normalizesQueries: Bool {
    !isRegression && isNormalized && queryNormalization == .queryBatch
  }

  /// Which queries are passed together as far as it matters, and `all` where they all are.
  var effectiveGrouping: QueryGrouping {
    normalizesQueries && grouping.perClass(of: testShape) != query ? grouping : .all
  }

  /// The test's keys as the configuration keeps them.
  public var testing: Settings {
    var testing = values.testing
    testing.set(Keys.normalizeQueries.name, to: .text(effectiveGrouping.text))
    return testing
  }

  /// Queries that are normalized in other company are another test.
  public var testConditions: [String: Set<String>] {
    guard normalizesQueries else { return [:] }
    let perClass = QueryGrouping.perClass(effectiveGrouping.perClass(of: testShape))
    return [Keys.normalizeQueries.name: [effectiveGrouping.text, perClass.text]]
  }
}
