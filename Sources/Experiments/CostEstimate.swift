import Suites

/// What a cell costs on this machine, from a short timing.
public struct CostEstimate: Sendable {
  /// Seconds that one training iteration takes.
  public let iteration: Double
  /// Seconds that one validation or test episode takes.
  public let episode: Double

  /// Seconds that are left of a cell of which some iterations are done. A test until a half-width is
  /// counted with its first episodes, for nobody knows how many follow.
  public func seconds(of cell: Cell, after done: Int = 0) -> Double {
    let iterations = iteration > 0 ? max(0, cell.training.iterations - done) : 0
    let every = cell.training.validateEvery
    let validations =
      every > 0 && iterations > 0
      ? cell.training.iterations / every - done / every
        + (cell.training.iterations % every == 0 ? 0 : 1) : 0
    return Double(iterations) * iteration
      + Double(validations * cell.training.validationEpisodes + cell.leastTestEpisodes) * episode
  }
}
