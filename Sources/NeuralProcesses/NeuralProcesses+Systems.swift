import Kinds

extension NeuralProcesses {
  /// The systems that suites may name, in the order in which lists show them.
  public static var systems: [SystemDescription<NeuralProcesses>] {
    [
      ConditionalNeuralProcess.description, LatentNeuralProcess.description, NearestPoints.description,
      Constant.description, ExactGaussianProcess.description,
    ]
  }
}
