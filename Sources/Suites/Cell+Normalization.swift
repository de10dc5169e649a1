import Algorithms
import Networks

extension Cell {
  /// Whose statistics really normalize queries at test: the protocol's, unless the algorithm's setting
  /// `transduction` says that a query is labelled without the others.
  public var queryNormalization: BatchNormPolicy {
    test.batchNorm == .queryBatch && settings["transduction"] == .flag(false)
      ? .supportOnly : test.batchNorm
  }
}
