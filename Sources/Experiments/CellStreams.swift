import Randomness
import Suites

/// The addresses of all randomness in one cell.
///
/// Four roots under the suite's seed: tasks, shared by all algorithms and (at test and validation)
/// by all repeats; weights, training order and noise, private to one cell and repeat.
struct CellStreams {
  private let root: StreamAddress
  private let cell: Cell

  init(_ cell: Cell) {
    root = StreamAddress(seed: cell.seed)
    self.cell = cell
  }

  /// Test episode `index`: depends on dataset, split, way, shot and query only.
  func testEpisode(_ index: Int) -> RandomStream {
    testEpisodes.stream.child("episode", index)
  }

  /// Validation episode `index`, the same after every iteration.
  func validationEpisode(_ index: Int) -> RandomStream {
    validationEpisodes.stream.child("episode", index)
  }

  /// Initial parameters.
  var weights: RandomStream { weightsAddress.stream }

  /// Which tasks are trained on, in which order.
  var trainingOrder: RandomStream { trainingOrderAddress.stream }

  /// What learners draw for themselves in training.
  var trainingNoise: RandomStream { noiseAddress.stream }

  /// What a learner draws for itself on test episode `index`.
  func testNoise(_ index: Int) -> RandomStream { noiseAddress.stream.child("test", index) }

  /// What a learner draws for itself on validation episode `index`, the same after every iteration.
  func validationNoise(_ index: Int) -> RandomStream {
    noiseAddress.stream.child("validation", index)
  }

  // MARK: Addresses

  /// Above all test episodes.
  var testEpisodes: StreamAddress { tasks("test") }

  /// Above all validation episodes.
  var validationEpisodes: StreamAddress { tasks("validation") }

  var weightsAddress: StreamAddress { own("weights") }

  var trainingOrderAddress: StreamAddress { own("training order") }

  var noiseAddress: StreamAddress { own("noise") }

  private func tasks(_ part: String) -> StreamAddress {
    root.child("tasks/\(part)/\(cell.dataset)/\(cell.split)", cell.way, cell.shot, cell.test.query)
  }

  private func own(_ purpose: String) -> StreamAddress {
    root.child("\(purpose)/\(cell.algorithm)/\(cell.dataset)/\(cell.split)", cell.way, cell.shot)
      .child("repeat", cell.repetition)
  }
}
