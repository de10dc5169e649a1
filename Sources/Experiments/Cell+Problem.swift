import FewShot
import Episodes
import Suites

extension Cell {
  /// How many examples of one class its episodes take from a part of the dataset.
  func examplesNeeded(of part: Part) -> Int {
    switch part {
    case .test: return shot + test.query
    case .validation: return trainsOn == nil || training.validateEvery == 0 ? 0 : shot + test.query
    case .train:
      guard let trainsOn, trainsOn != .examples else { return 0 }
      let shape = settings.trainingShape(trainingShape)
      return shape.shot + shape.query
    }
  }

  /// The shape of training episodes as the protocol says it.
  private var trainingShape: EpisodeShape {
    EpisodeShape(way: way, shot: shot, query: training.query)
  }

  /// What the cell's learner is made for.
  func problem(trainingOn source: any EpisodeSource) -> Problem {
    Problem(
      inputKind: source.inputKind,
      training: trainingShape,
      metaBatch: training.metaBatch, iterations: training.iterations,
      trainingClasses: source.classCount, batchNorm: test.batchNorm,
      contextWidth: source.contextWidth)
  }
}
