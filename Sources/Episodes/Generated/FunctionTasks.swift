import Digests
import Randomness
import Storage
import Tensors

/// A function of one variable that a task asks for, and where its points lie.
public protocol TaskFunction {
  /// What tells it apart from the other tasks, for those who may know; empty if nobody may.
  var context: [Double] { get }
  /// The place of one more point.
  func input(from random: inout RandomGenerator) -> Double
  func value(at x: Double) -> Double
}

extension TaskFunction {
  /// None.
  public var context: [Double] { [] }
}

/// Regression tasks that are functions of one variable, drawn at random.
///
/// Inputs and targets are `[points, 1]`, a context `[points, contextWidth]`: that of each point's function. All
/// parts draw from the same distribution.
public protocol FunctionTasks: EpisodeSource {
  associatedtype Function: TaskFunction

  /// The name and version of the distribution, which identify everything drawn from it.
  var version: String { get }

  /// A new task.
  func function(from random: inout RandomGenerator) -> Function
}

extension FunctionTasks {
  public var inputKind: InputKind { .vectors(1) }
  public var classCount: Int? { nil }
  public var digest: String { Digest.hex(of: version) }

  /// - Precondition: `way` is 1.
  public func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    precondition(shape.way == 1, "regression has one way")
    var random = stream.generator()
    let function = function(from: &random)
    return Episode(
      support: points(shape.shot, from: &random) { _ in function },
      query: points(shape.query, from: &random) { _ in function })
  }

  /// Points of `count` unrelated functions.
  public func batch(_ count: Int, from stream: RandomStream) -> Examples {
    var random = stream.generator()
    return points(count, from: &random) { function(from: &$0) }
  }

  private func points(
    _ count: Int, from random: inout RandomGenerator,
    of function: (inout RandomGenerator) -> Function
  ) -> Examples {
    var inputs: [Float] = []
    var targets: [Float] = []
    var context: [Float] = []
    inputs.reserveCapacity(count)
    targets.reserveCapacity(count)
    for _ in 0..<count {
      let function = function(&random)
      let x = function.input(from: &random)
      inputs.append(Float(x))
      targets.append(Float(function.value(at: x)))
      context += function.context.map(Float.init)
    }
    let shape: Shape = [count, 1]
    return Examples(
      inputs: Tensor(shape, inputs), targets: .values(Tensor(shape, targets)),
      context: contextWidth == 0 ? nil : Tensor([count, contextWidth], context))
  }
}
