import Measures
import Networks
import Optimizers
import Tensors

extension NamedArray {
  /// A tensor under a name.
  public init(_ name: String, _ tensor: Tensor) {
    self.init(name: name, shape: tensor.shape.array, values: tensor.elements)
  }

  /// The array as a tensor.
  public var tensor: Tensor { Tensor(Shape(shape), values) }
}

extension LearnerState {
  /// The parameters, and the running statistics that go with them.
  public func weights(_ descriptions: [ParameterDescription]) -> [NamedArray] {
    zip(descriptions, parameters).map { NamedArray($0.name, $1) }
      + running.enumerated().flatMap { layer, moments in
        [
          NamedArray("running\(layer)/mean", moments.mean),
          NamedArray("running\(layer)/variance", moments.variance),
        ]
      }
  }

  /// The optimizer's means of squared gradients.
  public func squares(_ descriptions: [ParameterDescription]) -> [NamedArray] {
    zip(descriptions, adam.square).map { NamedArray("adam/square/\($0.name)", $1) }
  }

  /// Everything training needs to resume.
  public func archive(_ descriptions: [ParameterDescription]) -> Archive {
    Archive(
      arrays: weights(descriptions)
        + zip(descriptions, adam.mean).map { NamedArray("adam/mean/\($0.name)", $1) }
        + squares(descriptions),
      integers: ["adamStep": adam.step])
  }

  /// The state that was archived; nil if its arrays are not of these names and shapes.
  public init?(_ archive: Archive, parameters descriptions: [ParameterDescription]) {
    let named = Dictionary(archive.arrays.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    func tensors(_ prefix: String) -> [Tensor]? {
      let found = descriptions.compactMap { parameter in
        named[prefix + parameter.name].flatMap {
          $0.shape == parameter.shape.array ? $0.tensor : nil
        }
      }
      return found.count == descriptions.count ? found : nil
    }
    guard let parameters = tensors(""), let mean = tensors("adam/mean/"),
      let square = tensors("adam/square/"), let step = archive.integers["adamStep"], step >= 0
    else { return nil }
    self.init(
      parameters: parameters, adam: Adam.State(mean: mean, square: square, step: step),
      running: Self.running(named))
  }

  /// This state with parameters and running statistics that a result kept; nil if they are not of the same
  /// names, order and shapes.
  public func replacing(
    _ arrays: [NamedArray], parameters descriptions: [ParameterDescription]
  ) -> LearnerState? {
    let own = weights(descriptions)
    guard own.map(\.name) == arrays.map(\.name), own.map(\.shape) == arrays.map(\.shape) else {
      return nil
    }
    var state = self
    state.parameters = arrays.prefix(parameters.count).map(\.tensor)
    state.running = Self.running(
      Dictionary(arrays.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }))
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
