import Algorithms
import Networks

extension Cell {
  /// Whether it has a network, trained or not: neighbours in pixels have none.
  public var hasNetwork: Bool { settings["features"] != .text("pixels") }

  /// Whose statistics really normalize queries at test: the protocol's, unless the algorithm's setting
  /// `transduction` says that a query is labelled without the others.
  public var queryNormalization: BatchNormPolicy {
    test.batchNorm == .queryBatch && settings["transduction"] == .flag(false)
      ? .supportOnly : test.batchNorm
  }
}
