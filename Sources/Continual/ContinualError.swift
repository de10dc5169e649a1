/// What can go wrong while tasks are learned.
public enum ContinualError: Error, Equatable, CustomStringConvertible {
  /// The training loss is no finite number any more.
  case diverged(task: Int, epoch: Int, loss: Float)

  public var description: String {
    switch self {
    case .diverged(let task, let epoch, let loss):
      return "the training loss is \(loss) in epoch \(epoch) of task \(task). Lower 'rate', or 'lambda':"
        + " rate · lambda · (the sum of the tasks' Fisher information) must stay below 2."
    }
  }
}
