import Episodes
import Kinds

/// Checks whether such functions exist.
extension NeuralProcesses {
  /// Throws ``PlanError`` for what no system could be tested on.
  func check() throws {
    let dataset = values.dataset
    let pixels = Self.pixels(of: dataset)
    guard pixels != nil || dataset.isRegression else {
      throw PlanError(
        "dataset",
        fault: .impossible(
          "\(dataset.name) has classes of vectors, which are no functions. Choose curves as gp-curves, or images."))
    }
    let fewest = values.training[Keys.fewestContexts]
    guard fewest <= contexts.upperBound else {
      throw PlanError(
        "train.fewestContexts", "train.mostContexts",
        fault: .impossible(
          "'fewestContexts' is \(fewest), more than 'mostContexts', which is \(contexts.upperBound). Raise the latter."))
    }
    guard contexts.upperBound <= points else {
      throw PlanError(
        "train.mostContexts", "train.points",
        fault: .impossible(
          "'mostContexts' is \(contexts.upperBound), but a training function has \(points) points in all. Raise "
            + "'points' to as many at least."))
    }
    guard let pixels else { return }
    for (path, count) in [("train.points", points), (Keys.targets.name, targets)] where count > pixels {
      throw PlanError(
        path,
        fault: .impossible(
          "\(count) points are asked for, but an image of \(dataset.name) has \(pixels) pixels. Set it to at most "
            + "\(pixels)."))
    }
  }
}
