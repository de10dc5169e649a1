import Episodes
import Kinds

extension Transfer {
  /// The systems that suites may name, in the order in which lists show them.
  public static var systems: [SystemDescription<Transfer>] {
    [
      system(
        "transfer", summary: "a pretrained network with a new last layer, trained on the target classes",
        reference: "Yosinski, Clune, Bengio, Lipson 2014", isPretrained: true),
      system(
        "from-scratch", summary: "an untrained network, trained on the target classes alone",
        reference: "Yosinski, Clune, Bengio, Lipson 2014", isPretrained: false),
    ]
  }

  private static func system(
    _ name: String, summary: String, reference: String, isPretrained: Bool
  ) -> SystemDescription<Transfer> {
    let ofVectors: [SettingDescription] =
      (isPretrained ? .of(TransferLearner.layers, TransferLearner.pretrainRate) : []) + .of(TransferLearner.rate)
    let ofImages = ofVectors + .of(TransferLearner.filters)
    return SystemDescription<Transfer>(
      name, summary: summary, reference: reference,
      allSettings: [("images", ofImages), ("vectors", ofVectors)],
      settings: { dataset in
        guard !dataset.isRegression else { return nil }
        if case .images = dataset.inputKind { return ofImages }
        return ofVectors
      }, variesBy: { _ in isPretrained ? .training : .initialization }
    ) { values, plan in
      TransferLearner(values.settings, plan, isPretrained: isPretrained)
    }
  }
}
