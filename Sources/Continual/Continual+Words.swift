import Kinds

/// How continual learning is spoken of in ids, headings and footnotes.
extension Continual {
  public var slug: String { "\(tasks)tasks" + (isWhole ? "" : "-\(region)px") }

  public var words: String {
    "\(tasks) tasks" + (isWhole ? "" : ", central \(region) x \(region) permuted")
  }

  public func words(of axis: String) -> String {
    switch axis {
    case Keys.tasks.name: "\(tasks) tasks"
    case Keys.region.name: "\(region) x \(region)"
    default: ""
    }
  }

  /// Whether all pixels are permuted.
  private var isWhole: Bool { region == Self.side(of: values.dataset) }

  /// Networks are trained within the units.
  public func streams(of system: any ContinualLearner) -> [StreamUse] {
    [
      StreamUse(.weights, "initial parameters in test order i", at: "test (i)"),
      StreamUse(.order, "minibatches of epoch e of task t in test order i", at: "test (i) > epoch (t, e)"),
      StreamUse(.noise, "what the system draws, if it does, in test order i", at: "test (i)"),
    ]
  }

  public func facts(of system: any ContinualLearner) -> [CellFact] {
    let training = values.training
    return [
      CellFact(.units, "tasks", "\(tasks)"),
      CellFact(
        .test, "Tasks",
        "the pixels of the central \(region) x \(region) permuted, each task by an order of its own; tested on "
          + "\(values.testing[Keys.testImages]) images"),
      CellFact(
        .training, "Training of each task",
        "\(training[Keys.epochs]) \(training[Keys.epochs] == 1 ? "epoch" : "epochs") of "
          + "\(training[Keys.images]) images, \(training[Keys.batch]) at a time"),
      CellFact(
        .training, "Network",
        "\(training[Keys.layers]) hidden layers of \(training[Keys.width]) units with ReLU"),
    ]
  }
}
