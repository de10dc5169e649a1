import Algorithms
import Episodes
import Suites

/// The test episodes of one cell, each of which is made and scored on its own.
struct TestEpisodes: Sendable {
  private let source: any EpisodeSource
  private let shape: EpisodeShape
  private let streams: CellStreams

  /// - Throws: What `Datasets.open` throws.
  init(of cell: Cell, from datasets: OpenDatasets) throws {
    source = try datasets.part(.test, of: cell)
    shape = cell.testShape
    streams = CellStreams(cell)
  }

  /// What one episode gave.
  struct Outcome: Sendable {
    /// After every number of adaptation steps.
    let scores: [Double]
    /// Of the episode's content.
    let digest: UInt64
    let diagnostics: [Diagnostic]
  }

  /// Episode `index`, which depends neither on the learner nor on other episodes.
  subscript(index: Int) -> Episode {
    source.episode(shape, from: streams.testEpisode(index))
  }

  /// What a learner in this state makes of episode `index`.
  func outcome(_ index: Int, of learner: any Learner, in state: LearnerState) -> Outcome {
    let episode = self[index]
    let predictor = learner.adapted(
      state, to: episode.support, noise: streams.testNoise(index))
    let predictions = predictor.predictions(for: episode.query.inputs)
    return Outcome(
      scores: predictions.map { episode.query.targets.score($0) }, digest: episode.digest,
      diagnostics: predictor.diagnostics(on: episode.query.inputs))
  }
}
