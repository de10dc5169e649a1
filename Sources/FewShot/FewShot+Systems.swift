import Episodes
import Kinds

extension FewShot {
  /// The systems that suites may name, in the order in which lists show them.
  public static var systems: [SystemDescription<FewShot>] {
    AlgorithmRegistry.all.map(SystemDescription.init)
  }
}

extension SystemDescription where Kind == FewShot {
  /// A few-shot algorithm as a system of this kind.
  public init(_ algorithm: AlgorithmDescription) {
    let headings = [("classification", false), ("regression", true)]
    self.init(
      algorithm.name, summary: algorithm.summary, reference: algorithm.reference,
      allSettings: headings.compactMap { heading, isRegression in
        algorithm.supports(regression: isRegression)
          ? (heading, algorithm.settings(isRegression: isRegression)) : nil
      },
      settings: { dataset in
        algorithm.supports(regression: dataset.isRegression)
          ? algorithm.settings(isRegression: dataset.isRegression) : nil
      },
      records: algorithm.diagnostics, retiredRecords: algorithm.retiredDiagnostics,
      variesBy: algorithm.variesBy,
      make: { values, plan in
        try plan.checkTraining(algorithm.trainsOn)
        do {
          return FewShot.System(
            learner: try algorithm.learner(values.settings, for: plan.problem),
            trainsOn: algorithm.trainsOn)
        } catch AlgorithmError.networkNeedsImages(let name) {
          throw PlanError(
            "settings.network", "algorithm", fault: .refused("\(AlgorithmError.networkNeedsImages(name))"))
        } catch let error as AlgorithmError {
          throw PlanError("algorithm", fault: .refused("\(error)"))
        }
      })
  }
}
