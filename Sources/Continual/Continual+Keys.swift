import Kinds
import Measures

extension Continual {
  /// The protocol keys that suites may set.
  enum Keys {
    static let tasks = Setting("tasks", 2, atLeast: 2, atMost: 1000, example: "tasks: [10]", "tasks to learn")
    static let region = Setting(
      "region", 2, atLeast: 2, "side of the central square whose pixels are permuted; all are unless told otherwise")

    // train
    static let images = Setting(
      "images", 1, atLeast: 1, example: "images: 10000", "images that each task is learned from")
    static let epochs = Setting(
      "epochs", 1, atLeast: 1, atMost: 1000, example: "epochs: 5", "passes over a task's images")
    static let batch = Setting("batch", 16, atLeast: 1, "images of a minibatch")
    static let layers = Setting("layers", 2, atLeast: 1, atMost: 100, "hidden layers of the network")
    static let width = Setting("width", 100, atLeast: 1, "units of each hidden layer")

    // test
    static let orders = Setting(
      "orders", 2, atLeast: 2, example: "orders: 10", "orders of tasks, each learned from the start")
    static let testImages = Setting(
      "images", 1, atLeast: 1, example: "images: 2000", "images that each task is tested on")
    static let everyEpoch = Setting(
      "everyEpoch", false, "whether all tasks are tested after every epoch, too")
    static let overlap = Setting(
      "fisherOverlap", Overlap.none,
      "whose labels the Fisher informations of the first and the last task are compared by")
  }

  /// Whether and how the overlap of two tasks' Fisher information is measured.
  enum Overlap: String, CaseIterable, SettingChoice {
    case none, sampled, exact, empirical

    /// Whose labels; nil if it is not measured.
    var labels: FisherLabels? { FisherLabels(rawValue: rawValue) }
  }

  /// What a test measures. Losses and gains of accuracy are not shares: they may be below 0.
  enum Outcomes {
    /// By tasks learned: over those.
    static let average = share("average-accuracy", "mean accuracy on the tasks learned so far")
    /// By tasks learned, from none on, and task tested.
    static let accuracy = share("accuracy")
    /// By tasks learned, from two on.
    static let forgetting = Metric(
      "forgetting", "mean loss of accuracy on earlier tasks since each was learned", better: .lower,
      scale: .real)
    /// By tasks learned, from two on.
    static let firstTaskForgetting = Metric(
      "first-task-forgetting", "loss of accuracy on the first task since it was learned",
      better: .lower, scale: .real)
    /// By tasks learned, from two on.
    static let backwardTransfer = Metric(
      "backward-transfer", "mean gain of accuracy on earlier tasks since each was learned",
      better: .higher, scale: .real)
    /// By tasks learned, from two on.
    static let forwardTransfer = Metric(
      "forward-transfer", "mean gain of accuracy on tasks before they are learned",
      better: .higher, scale: .real)
    /// By epoch, counted through all tasks, and task tested.
    static let epochAccuracy = share("epoch-accuracy", "accuracy after every epoch")
    /// By layer, from the first task to the last, at the end.
    static let fisherOverlap = Metric(
      "fisher-overlap", "overlap of the first and the last task's Fisher information",
      better: .neither, scale: .real)

    private static func share(_ name: String, _ words: String? = nil) -> Metric {
      Metric(name, words, better: .higher, scale: .share)
    }
  }
}

extension FisherLabels: SettingChoice {}
extension EWC.Penalties: SettingChoice {}
