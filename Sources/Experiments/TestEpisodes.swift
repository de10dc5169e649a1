import Episodes
import FewShot
import Kinds
import Results
import Suites
import Tensors

/// The test episodes of one cell, each of which is made and scored on its own.
struct TestEpisodes: Sendable {
  private let cell: Cell
  private let source: any EpisodeSource
  private let streams: CellStreams

  /// - Throws: What `Datasets.open` throws.
  init(of cell: Cell, from datasets: OpenDatasets) throws {
    self.cell = cell
    source = try datasets.part(.test, of: cell)
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
    source.episode(cell.testShape, from: streams.testEpisode(index))
  }

  /// What a learner in this state makes of episode `index`.
  func outcome(_ index: Int, of learner: any Learner, in state: LearnerState) -> Outcome {
    let episode = self[index]
    let predictor = learner.adapted(
      state, to: episode.support, noise: streams.testNoise(index))
    return Outcome(
      scores: predictor.scores(
        on: episode.query, of: cell.testShape, by: cell.test.normalizeQueries),
      digest: episode.digest, diagnostics: predictor.diagnostics(on: episode.query.inputs))
  }

  /// What a learner in this state makes of all episodes, in blocks between which progress is told; nil
  /// if asked to stop.
  ///
  /// Where the suite wants a half-width, scores decide how many episodes follow: a stopped cell,
  /// which tests from the first episode again, comes to the same number.
  func outcomes(
    of learner: any Learner, in state: LearnerState, observer: RunObserver, stop: StopSignal
  ) -> TestOutcomes? {
    let block = 50
    let rule = cell.stoppingRule
    var wanted = rule?.needsMore([]) ?? cell.test.episodes
    var outcomes: [Outcome] = []
    while outcomes.count < wanted {
      if stop.isRequested { return nil }
      let first = outcomes.count
      outcomes += Workers.map(min(block, wanted - first)) { offset in
        outcome(first + offset, of: learner, in: state)
      }
      let scores = outcomes.map { $0.scores.last! }
      if outcomes.count == wanted { wanted = rule?.needsMore(scores) ?? wanted }
      observer.progressed(
        Progress(
          cell: cell, phase: .testing, done: outcomes.count, total: wanted, loss: nil,
          score: scores.mean))
    }
    return TestOutcomes(
      scores: outcomes.flatMap(\.scores), steps: outcomes[0].scores.count - 1,
      digests: outcomes.map(\.digest),
      diagnostics: outcomes[0].diagnostics.enumerated().map { index, first in
        TestDiagnostic(
          name: first.name, values: outcomes.flatMap { $0.diagnostics[index].values },
          steps: first.values.count - 1)
      })
  }
}
