import Kinds

/// The words for transfer learning in ids, headings and footnotes.
extension Transfer {
  public var slug: String { "\(target)targets-\(images)images" }

  public var words: String { "classification of \(target) target classes, \(images) images of each" }

  public func words(of axis: String) -> String {
    switch axis {
    case Keys.target.name: "\(target) target classes"
    case Keys.images.name: "\(images) image\(images == 1 ? "" : "s") of each"
    default: ""
    }
  }

  public func streams(of system: TransferLearner) -> [StreamUse] {
    let body = StreamUse(.weights, "initial parameters, by layer", at: "parameters")
    let units = [
      StreamUse(.weights, "the last layer on test draw i", at: "test (i)"),
      StreamUse(.order, "minibatch of step k on test draw i", at: "test (i) > step (k)"),
    ]
    guard system.isPretrained else { return [body] + units }
    return [
      body, StreamUse(.order, "source classes and the division of their images", at: "source"),
      StreamUse(.order, "minibatch of iteration i", at: "iteration (i)"),
    ] + units
  }

  public func facts(of system: TransferLearner) -> [CellFact] {
    let batch = "\(minibatches.groups) groups of \(minibatches.classes) classes, an image of each class"
    let pretraining =
      system.isPretrained
      ? "\(values.training[Keys.iterations]) updates on \(sourceClasses) classes with "
        + "\(sourceDivision.training) images of each (\(sourceDivision.validation) to validate)" : "none"
    return [
      CellFact(.units, "target classes", "\(target)"),
      CellFact(
        .test, "Task",
        "\(target)-way classification of \(target) target classes; \(division.training) / "
          + "\(division.validation) / \(division.test) images of each to learn from, to validate and to test; "
          + "\(values.testing[Keys.steps]) steps; batch norm by running averages"),
      CellFact(.training, "Pretraining", pretraining),
      CellFact(.training, "Minibatches", batch),
    ]
  }

  /// A setting of the system, or a key of the protocol.
  public func publishedValue(_ name: String) -> String? {
    (values.settings[name] ?? values.training[name] ?? values.testing[name])?.description
  }
}
