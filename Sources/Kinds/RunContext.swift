import Episodes
import Randomness

/// What a running cell is given: its data, and the addresses of all its randomness. A kind makes no stream of
/// its own root.
public struct RunContext: Sendable {
  /// One part of the cell's dataset; opened once, and shared.
  ///
  /// Throws what is wrong with the data: not imported, damaged, too few examples.
  public let source: @Sendable (Part) throws -> any TaskSource
  /// What unit `index` of a part is made from: the same for all systems and repeats.
  public let unit: @Sendable (_ index: Int, _ part: Part) -> RandomStream
  /// What a system draws for itself on unit `index` of a part.
  public let unitNoise: @Sendable (_ index: Int, _ part: Part) -> RandomStream
  /// Initial parameters.
  public let weights: RandomStream
  /// Which tasks are trained on, in which order.
  public let order: RandomStream
  /// What systems draw for themselves in training.
  public let noise: RandomStream

  /// A context from its parts.
  public init(
    source: @escaping @Sendable (Part) throws -> any TaskSource,
    unit: @escaping @Sendable (Int, Part) -> RandomStream,
    unitNoise: @escaping @Sendable (Int, Part) -> RandomStream,
    weights: RandomStream, order: RandomStream, noise: RandomStream
  ) {
    self.source = source
    self.unit = unit
    self.unitNoise = unitNoise
    self.weights = weights
    self.order = order
    self.noise = noise
  }

  /// All parts of the cell's dataset, which says that it provides such tasks.
  ///
  /// - Throws: What is wrong with the data.
  public func sources<Source>(as type: Source.Type) throws -> [Part: Source] {
    try Dictionary(
      uniqueKeysWithValues: Part.allCases.map { part in
        guard let source = try source(part) as? Source else {
          preconditionFailure("the dataset says that it provides \(Source.self)")
        }
        return (part, source)
      })
  }
}
