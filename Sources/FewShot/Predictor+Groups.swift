import Episodes
import Tensors

extension Predictor {
  /// The score on an episode's queries after every number of adaptation steps, where groups of queries
  /// are passed one after the other.
  ///
  /// - Parameter grouping: Which queries are passed together.
  /// - Returns: Accuracies in 0...1 or mean squared errors, from no step on.
  public func scores(on queries: Examples, of shape: EpisodeShape, by grouping: QueryGrouping) -> [Double] {
    guard grouping != .all else {
      return predictions(for: queries.inputs).map(queries.targets.score)
    }
    let groups = grouping.groups(of: shape)
    let parts = groups.map { predictions(for: queries.picked($0).inputs) }
    let inOrder = queries.picked(groups.flatMap(\.self)).targets
    return parts[0].indices.map { step in
      inOrder.score(.concatenated(parts.map { $0[step] }, along: 0))
    }
  }
}
