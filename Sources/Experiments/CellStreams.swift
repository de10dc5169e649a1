import Episodes
import Kinds
import Measures
import Randomness
import Results
import Suites

/// The addresses of all randomness in one cell.
///
/// Four roots under the suite's seed: tasks, shared by all systems and (at test and validation) by all
/// repeats; weights, training order and noise, private to one cell and repeat.
struct CellStreams: Sendable {
  private let root: StreamAddress
  private let cell: Cell

  init(_ cell: Cell) {
    root = StreamAddress(seed: cell.seed)
    self.cell = cell
  }

  /// What unit `index` of a part is made from: depends on kind, dataset, split and coordinates only. Those of
  /// validation are the same after every iteration.
  func unit(_ index: Int, of part: Part) -> RandomStream {
    units(of: part).stream.child(unitPurpose, index)
  }

  /// What a system draws for itself on unit `index` of a part.
  func noise(ofUnit index: Int, of part: Part) -> RandomStream {
    noiseAddress.stream.child(part.rawValue, index)
  }

  // MARK: Addresses

  /// What the last step of a unit's address is called: `episode`.
  var unitPurpose: String { cell.plan.description.unit.singular }

  /// Above all units of a part.
  func units(of part: Part) -> StreamAddress {
    tasks("tasks/\(part.rawValue)", cell.plan.coordinates)
  }

  /// Initial parameters.
  var weightsAddress: StreamAddress { own("weights") }

  /// Which tasks are trained on, in which order.
  var trainingOrderAddress: StreamAddress { own("training order") }

  /// What systems draw for themselves.
  var noiseAddress: StreamAddress { own("noise") }

  /// Few-shot learning came first, and its addresses have no kind in them.
  private var isOfFirstKind: Bool { cell.kind == FirstKind.name }

  private func tasks(_ purpose: String, _ coordinates: Coordinates) -> StreamAddress {
    let data = "\(cell.dataset)/\(cell.split)"
    guard isOfFirstKind else {
      let place = coordinates.entries.map { "/\($0.name)=\($0.value)" }.joined()
      return root.child("\(purpose)/\(cell.kind)/\(data)\(place)")
    }
    return root.child("\(purpose)/\(data)", at: coordinates.entries.compactMap { coordinates.integer($0.name) })
  }

  private func own(_ purpose: String) -> StreamAddress {
    let axes = Coordinates(cell.axes.entries.map { .init($0.name, $0.value) })
    return tasks("\(purpose)/\(cell.algorithm)", axes).child("repeat", at: [cell.repetition])
  }
}

extension RunContext {
  /// What a cell is run with.
  init(_ cell: Cell, from datasets: OpenDatasets) {
    let streams = CellStreams(cell)
    self.init(
      source: { try datasets.part($0, of: cell) },
      unit: { streams.unit($0, of: $1) }, unitNoise: { streams.noise(ofUnit: $0, of: $1) },
      weights: streams.weightsAddress.stream, order: streams.trainingOrderAddress.stream,
      noise: streams.noiseAddress.stream)
  }
}
