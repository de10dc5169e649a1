import Randomness
import Suites

/// The addresses of all randomness in one cell.
///
/// Four roots under the suite's seed: tasks, shared by all algorithms and (at test and validation)
/// by all repeats; weights, training order and noise, private to one cell and repeat.
struct CellStreams {
  private let root: RandomStream
  private let cell: Cell

  init(_ cell: Cell) {
    root = RandomStream(seed: cell.seed)
    self.cell = cell
  }

  /// Test episode `index`: depends on dataset, split, way, shot and query only.
  func testEpisode(_ index: Int) -> RandomStream {
    root.child("tasks/test/\(cell.dataset)/\(cell.split)", cell.way, cell.shot, cell.test.query)
      .child("episode", index)
  }

  /// Validation episode `index`, the same after every iteration.
  func validationEpisode(_ index: Int) -> RandomStream {
    root
      .child("tasks/validation/\(cell.dataset)/\(cell.split)", cell.way, cell.shot, cell.test.query)
      .child("episode", index)
  }

  /// Initial parameters.
  var weights: RandomStream { own("weights") }

  /// Which tasks are trained on, in which order.
  var trainingOrder: RandomStream { own("training order") }

  private func own(_ purpose: String) -> RandomStream {
    root.child("\(purpose)/\(cell.algorithm)/\(cell.dataset)/\(cell.split)", cell.way, cell.shot)
      .child("repeat", cell.repetition)
  }
}
