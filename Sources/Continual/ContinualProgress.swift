import Episodes
import Kinds
import Measures
import Tensors

/// Where a unit stands between two epochs.
struct ContinualProgress: Sendable {
  let place: UnitPlace
  /// What the system knows.
  var state: ContinualState
  /// Epochs of the task at hand.
  var epoch = 0
  /// Accuracies on all tasks before the first one and after each.
  var rows: [[Double]] = []
  /// Accuracies on all tasks after each epoch, if they are wanted.
  var epochRows: [[Double]] = []

  init(place: UnitPlace, state: ContinualState) {
    self.place = place
    self.state = state
  }

  /// Everything needed to resume.
  func archive(_ network: DenseNetwork) -> Archive {
    let parameters = zip(network.parameterNames, state.parameters).map { NamedArray($0, $1) }
    let memory = state.memory.sorted { $0.key < $1.key }.flatMap { name, tensors in
      tensors.enumerated().map { NamedArray("memory/\(name)/\($0)", $1) }
    }
    var archive = place.archive
    archive.arrays = parameters + memory
    archive.integers["learned"] = state.learned
    archive.integers["epoch"] = epoch
    archive.numbers = ["rows": rows.flatMap { $0 }, "epochRows": epochRows.flatMap { $0 }]
    return archive
  }

  /// What was archived; nil if it is not of this network and number of tasks.
  init?(_ archive: Archive, of network: DenseNetwork, tasks: Int) {
    let names = network.parameterNames
    guard let place = UnitPlace(archive), let learned = archive.integers["learned"],
      (0..<tasks).contains(learned), let epoch = archive.integers["epoch"], let rows = archive.numbers["rows"],
      let epochRows = archive.numbers["epochRows"], rows.count == tasks * (learned + 1),
      epochRows.count.isMultiple(of: tasks), archive.arrays.count >= names.count,
      Array(archive.arrays.map(\.name).prefix(names.count)) == names
    else { return nil }
    let parameters = archive.arrays.prefix(names.count).map(\.tensor)
    guard parameters.map(\.shape) == network.parameterShapes else { return nil }
    var memory: [String: [Tensor]] = [:]
    for array in archive.arrays.dropFirst(names.count) {
      // `memory/name/index`, in the order of the indices; the name may hold slashes.
      let name = array.name.split(separator: "/").dropFirst().dropLast().joined(separator: "/")
      memory[name, default: []].append(array.tensor)
    }
    self.init(place: place, state: ContinualState(parameters: parameters, memory: memory))
    state.learned = learned
    self.epoch = epoch
    func split(_ numbers: [Double]) -> [[Double]] {
      stride(from: 0, to: numbers.count, by: tasks).map { Array(numbers[$0..<$0 + tasks]) }
    }
    self.rows = split(rows)
    self.epochRows = split(epochRows)
  }
}
