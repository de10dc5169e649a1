import Networks
import Tensors

/// How the tasks of a meta-batch are spread over threads and summed up.
///
/// Tasks are cut into at most eight chunks (two, if tasks of a chunk run side by side) by the batch's
/// size alone, and sums run in the order of tasks and chunks: the number of threads never reaches the
/// result.
public struct MetaBatch: Sendable {
  /// The number of tasks.
  public let size: Int
  /// Whether the tasks of a chunk run side by side in one computation, as small networks do.
  public let isStacked: Bool

  /// A batch of some tasks.
  public init(size: Int, isStacked: Bool) {
    self.size = size
    self.isStacked = isStacked
  }

  /// A sum over some tasks.
  public struct Part: Sendable {
    /// The sum of gradients, one tensor for each parameter.
    public var gradient: [Tensor]
    /// The sum of losses.
    public var loss: Float
    /// The sums of statistics of normalized layers.
    public var moments: [Moments]

    /// A sum from its parts.
    public init(gradient: [Tensor], loss: Float, moments: [Moments] = []) {
      self.gradient = gradient
      self.loss = loss
      self.moments = moments
    }

    /// The sum over the tasks of both.
    public static func + (a: Part, b: Part) -> Part {
      Part(
        gradient: zip(a.gradient, b.gradient).map { $0 + $1 }, loss: a.loss + b.loss,
        moments: zip(a.moments, b.moments).map {
          Moments(mean: $0.mean + $1.mean, variance: $0.variance + $1.variance)
        })
    }
  }

  /// The mean over all tasks of what `part` returns the sum of for some of them.
  public func mean(_ part: @Sendable (_ tasks: Range<Int>) -> Part) -> Part {
    let parts = parts(part)
    let share = 1 / Float(size)
    func means(_ sums: (Part) -> [Tensor]) -> [Tensor] { Tensor.scaledSums(parts.map(sums), by: share) }
    return Part(
      gradient: means(\.gradient), loss: parts.dropFirst().reduce(parts[0].loss) { $0 + $1.loss } * share,
      moments: zip(means { $0.moments.map(\.mean) }, means { $0.moments.map(\.variance) }).map(Moments.init))
  }

  /// The mean over all tasks of a loss, and its gradient at some parameters.
  ///
  /// - Parameter loss: The mean over some tasks, of parameters that are differentiated.
  public func gradient(
    at parameters: [Tensor], of loss: @Sendable (_ θ: [Tensor], _ tasks: Range<Int>) -> Tensor
  ) -> Part {
    mean { tasks in
      Tape.recording { tape in
        let θ = tape.variables(parameters)
        let sum = loss(θ, tasks) * Float(tasks.count)
        let slopes = Tensors.gradient(of: sum, at: θ, releasing: true).map(\.detached)
        return Part(gradient: slopes, loss: sum.scalar)
      }
    }
  }

  /// The sums over the tasks of each chunk of what `part` returns for some of them.
  private func parts(_ part: @Sendable (_ tasks: Range<Int>) -> Part) -> [Part] {
    let chunks = isStacked ? 2 : 8
    let length = (size + chunks - 1) / chunks
    return Workers.map((size + length - 1) / length) { chunk in
      let tasks = chunk * length..<min(size, (chunk + 1) * length)
      if isStacked { return part(tasks) }
      return tasks.dropFirst().reduce(part(tasks.lowerBound..<tasks.lowerBound + 1)) { sum, task in
        sum + part(task..<task + 1)
      }
    }
  }
}
