import FewShot
import Kinds
import Measures
import Networks
import Optimizers
import Results
import Tensors

// A learner's state as the arrays that files hold.

extension NamedArray {
  fileprivate init(_ name: String, _ tensor: Tensor) {
    self.init(name: name, shape: tensor.shape.array, values: tensor.elements)
  }

  fileprivate var tensor: Tensor { Tensor(Shape(shape), values) }
}

extension LearnerState {
  /// What a result keeps: the parameters, the running statistics that go with them, and the optimizer's
  /// second moments where adaptation goes on with them.
  func learned(by learner: any Learner) -> [NamedArray] {
    learner.adaptsWithOptimizer
      ? weights(learner) + squares(learner) + [NamedArray("adam/step", Tensor([1], [Float(adam.step)]))]
      : weights(learner)
  }

  private func weights(_ learner: any Learner) -> [NamedArray] {
    zip(learner.parameters, parameters).map { NamedArray($0.name, $1) }
      + running.enumerated().flatMap { layer, moments in
        [
          NamedArray("running\(layer)/mean", moments.mean),
          NamedArray("running\(layer)/variance", moments.variance),
        ]
      }
  }

  /// What a checkpoint keeps: that, and the optimizer's moments.
  func arrays(_ learner: any Learner) -> [NamedArray] {
    weights(learner)
      + zip(learner.parameters, adam.mean).map { NamedArray("adam/mean/\($0.name)", $1) }
      + squares(learner)
  }

  private func squares(_ learner: any Learner) -> [NamedArray] {
    zip(learner.parameters, adam.square).map { NamedArray("adam/square/\($0.name)", $1) }
  }

  /// The state that a checkpoint kept; nil if its arrays are not this learner's.
  init?(_ arrays: [NamedArray], step: Int, _ learner: any Learner) {
    let named = Dictionary(arrays.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    func tensors(_ prefix: String) -> [Tensor]? {
      let found = learner.parameters.compactMap { parameter in
        named[prefix + parameter.name].flatMap {
          $0.shape == parameter.shape.array ? $0.tensor : nil
        }
      }
      return found.count == learner.parameters.count ? found : nil
    }
    guard let parameters = tensors(""), let mean = tensors("adam/mean/"),
      let square = tensors("adam/square/")
    else { return nil }
    self.init(
      parameters: parameters, adam: Adam.State(mean: mean, square: square, step: step),
      running: Self.running(named))
  }

  /// This state with what a result kept in the place of what is learned, to be tested again and not
  /// to be trained; nil if the arrays are not of the same names, order and shapes.
  func with(_ arrays: [NamedArray], of learner: any Learner) -> LearnerState? {
    let own = learned(by: learner)
    guard own.map(\.name) == arrays.map(\.name), own.map(\.shape) == arrays.map(\.shape) else {
      return nil
    }
    let named = Dictionary(arrays.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var state = self
    state.parameters = arrays.prefix(parameters.count).map(\.tensor)
    state.running = Self.running(named)
    if learner.adaptsWithOptimizer {
      state.adam.square = learner.parameters.map { named["adam/square/\($0.name)"]!.tensor }
      state.adam.step = Int(named["adam/step"]!.values[0])
    }
    return state
  }

  private static func running(_ named: [String: NamedArray]) -> [Moments] {
    var running: [Moments] = []
    while let mean = named["running\(running.count)/mean"],
      let variance = named["running\(running.count)/variance"]
    {
      running.append(Moments(mean: mean.tensor, variance: variance.tensor))
    }
    return running
  }
}
