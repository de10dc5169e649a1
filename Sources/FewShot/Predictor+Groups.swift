import Episodes
import Tensors

extension Predictor {
  /// The score on an episode's queries after every number of adaptation steps, where groups of queries
  /// are passed one after the other.
  ///
  /// - Parameter grouping: Which queries are passed together.
  /// - Returns: Accuracies in 0...1 or mean squared errors, from no step on.
  public func scores(on queries: Examples, of shape: EpisodeShape, by grouping: QueryGrouping) -> [Double] {
    let answered = answers(to: queries, of: shape, by: grouping)
    return answered.predictions.map(answered.queries.targets.score)
  }

  /// The queries in the order of their groups, and what is predicted of them after every number of steps.
  func answers(to queries: Examples, of shape: EpisodeShape, by grouping: QueryGrouping)
    -> (queries: Examples, predictions: [Tensor])
  {
    guard grouping != .all else { return (queries, predictions(for: queries.inputs)) }
    let groups = grouping.groups(of: shape)
    let parts = groups.map { predictions(for: queries.picked($0).inputs) }
    return (
      queries.picked(groups.flatMap(\.self)),
      parts[0].indices.map { step in .concatenated(parts.map { $0[step] }, along: 0) }
    )
  }
}
