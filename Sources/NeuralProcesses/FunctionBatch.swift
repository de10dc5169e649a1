import Tensors

/// Functions that are learned from together, with as many points each, of which the first few are told and all
/// are predicted.
public struct FunctionBatch: Sendable {
  /// One set of points for each function; equally many.
  public let functions: [Points]
  /// How many points of each function are given.
  public let contexts: [Int]

  /// - Precondition: There is a function, and a number of contexts for each.
  public init(_ functions: [Points], contexts: [Int]) {
    precondition(!functions.isEmpty && functions.count == contexts.count, "a number of contexts for each function")
    self.functions = functions
    self.contexts = contexts
  }

  /// The number of functions.
  public var count: Int { functions.count }

  /// Points of each function.
  public var points: Int { functions[0].count }

  /// Some of the functions.
  public subscript(range: Range<Int>) -> FunctionBatch {
    FunctionBatch(Array(functions[range]), contexts: Array(contexts[range]))
  }

  /// The points given of all functions, one after another.
  public var told: [Points] { zip(functions, contexts).map { $0.prefix($1) } }

  /// `[functions, points, coordinates]`
  public var inputs: Tensor { side(\.inputs) }

  /// `[functions, points, outputs]`
  public var values: Tensor { side(\.values) }

  private func side(_ half: KeyPath<Points, Tensor>) -> Tensor {
    Tensor.concatenated(functions.map { $0[keyPath: half] }, along: 0)
      .reshaped([count, points, functions[0][keyPath: half].shape[1]])
  }
}
