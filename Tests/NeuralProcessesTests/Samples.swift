import Episodes
import Kinds
import Measures
import NeuralProcesses
import Randomness
import Tensors

/// Functions, systems and cells that tests share.
enum Samples {
  static let curves = FunctionSource(GaussianCurves())!

  static func stream(_ index: Int) -> RandomStream { RandomStream(seed: 5).child("function", index) }

  /// Curves of twelve points, of which three to six are told.
  static func batch(_ count: Int = 4) -> FunctionBatch {
    FunctionBatch((0..<count).map { curves.points(12, from: stream($0)) }, contexts: (0..<count).map { 3 + $0 % 4 })
  }

  static let cnp = ConditionalNeuralProcess(ProcessNetworks(coordinates: 1, outputs: 1, width: 12), rate: 0.001)
  static let np = LatentNeuralProcess(
    ProcessNetworks(coordinates: 1, outputs: 1, width: 12), rate: 0.001, draws: 5)

  /// Points in another order.
  static func picked(_ points: Points, _ order: [Int]) -> Points {
    func rows(_ tensor: Tensor) -> Tensor { .concatenated(order.map { tensor.slice(0, $0..<$0 + 1) }, along: 0) }
    return Points(inputs: rows(points.inputs), values: rows(points.values))
  }

  // MARK: Cells

  static let kind = RegisteredKind(NeuralProcesses.self, systems: NeuralProcesses.systems)

  /// A cell of five iterations of three functions, and four test functions.
  static func plan(
    _ system: String, on dataset: String = GaussianCurves.name, axes changes: [String: Int] = [:],
    training changed: [String: Int] = [:]
  ) throws -> CellPlan {
    let system = kind.system(named: system)!
    let dataset = Datasets.named(dataset)!
    var axes = Settings(kind.description.axes(dataset))
    for (name, value) in changes { axes.set(name, to: .integer(value)) }
    var training = Settings(kind.description.training)
    for (name, value) in ["iterations": 5, "batch": 3].merging(changed, uniquingKeysWith: { $1 }) {
      training.set(name, to: .integer(value))
    }
    var testing = Settings(kind.description.testing)
    testing.set("functions", to: .integer(4))
    return try system.plan(
      CellValues(
        system: system.name, dataset: dataset, split: dataset.splits[0], axes: axes, training: training,
        testing: testing, settings: Settings(system.settings(dataset)!), given: []))
  }

  static func context(_ source: any TaskSource) -> RunContext {
    let root = RandomStream(seed: 1)
    return RunContext(
      source: { _ in source }, unit: { root.child($1.rawValue, $0) },
      unitNoise: { root.child("noise of \($1.rawValue)", $0) }, weights: root.child("weights"),
      order: root.child("order"), noise: root.child("noise"))
  }

  /// The largest difference of any mean or deviation.
  static func difference(_ a: Prediction, _ b: Prediction) -> Double {
    zip(a.means + a.deviations, b.means + b.deviations)
      .map { zip($0, $1).map { abs($0 - $1) }.max()! }.max()!
  }
}
