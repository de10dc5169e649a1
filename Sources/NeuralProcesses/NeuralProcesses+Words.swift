import Kinds

/// The words for functions in ids, headings and footnotes.
extension NeuralProcesses {
  public var slug: String { "\(targets)targets" }

  public var words: String { isWholeImage ? "whole images" : "\(targets) targets" }

  public func words(of axis: String) -> String { axis == Keys.targets.name ? words : "" }

  private var isWholeImage: Bool { targets == Self.pixels(of: values.dataset) }

  public func facts(of system: any FunctionLearner) -> [CellFact] {
    let training =
      system.isTrained
      ? "\(values.training[Keys.iterations]) updates on \(batch) functions each, \(points) points of which "
        + "\(contexts.lowerBound) to \(contexts.upperBound) are told"
      : "not trained"
    let targets =
      isWholeImage ? "all \(targets) pixels, those that were told among them" : "\(targets) points, none of them told"
    return [
      CellFact(.units, "targets", "\(self.targets)"),
      CellFact(.test, "Targets", Self.pixels(of: values.dataset) == nil || isWholeImage ? targets : "\(self.targets) pixels"),
      CellFact(.training, "Training", training),
    ]
  }

  public func streams(of system: any FunctionLearner) -> [StreamUse] {
    let drawn = StreamUse(.noise, "what the system draws, if it does, on test function i", at: "test (i)")
    guard system.isTrained else { return [drawn] }
    return [
      StreamUse(.weights, "initial parameters, by layer", at: "cell"),
      StreamUse(.order, "function k of iteration i", at: "function (i, k)"),
      StreamUse(.noise, "what the system draws, if it does, in iteration i", at: "training (i)"), drawn,
    ]
  }
}
