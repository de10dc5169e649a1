import Algorithms
import Episodes
import Suites

extension Cell {
  /// The shape of test and validation episodes.
  var testShape: EpisodeShape { EpisodeShape(way: way, shot: shot, query: test.query) }

  /// What the cell's learner is made for.
  func problem(trainingOn source: any EpisodeSource) -> Problem {
    Problem(
      inputKind: source.inputKind,
      training: EpisodeShape(way: way, shot: shot, query: training.query),
      metaBatch: training.metaBatch, iterations: training.iterations,
      trainingClasses: source.classCount, batchNorm: test.batchNorm)
  }
}
