import FewShot
import FewShotCells
import Kinds
import Suites

extension Catalog {
  /// A few algorithms and datasets, so that no test depends on what is really shipped.
  static let small = Catalog(
    algorithms: [
      .init(
        name: "maml",
        classification: [
          SettingDescription("network", .text("conv"), choices: ["conv", "no-conv"], "The net."),
          SettingDescription("innerRate", .number(0.4), "The inner step size."),
          SettingDescription("innerSteps", .integer(1), minimum: 1, "Inner steps in training."),
        ],
        regression: [
          SettingDescription("innerRate", .number(0.01), "The inner step size."),
          SettingDescription("testSteps", .integer(10), "Inner steps at test."),
        ], diagnostics: ["support-accuracy"]),
      .init(
        name: "protonet",
        classification: [
          SettingDescription("trainWay", .integer(0), "Classes of a training episode."),
          SettingDescription("cosine", .flag(false), "Cosine instead of Euclidean."),
          SettingDescription("sharpness", .number(1), isLater: true, "Of the softmax."),
        ], regression: nil, trainsOn: .episode),
      .init(
        name: "nearest-neighbor",
        classification: [
          SettingDescription(
            "features", .text("pixels"), choices: ["pixels", "pretrained"], "What is compared.")
        ], regression: nil, trainsOn: .examples),
    ],
    datasets: [
      .init(
        name: "omniglot", isRegression: false,
        splits: [
          .init(
            name: "vinyals", trainClasses: 4112, validationClasses: 688, testClasses: 1692,
            examplesPerClass: 20, digest: "d1"),
          .init(
            name: "cs330", trainClasses: 4400, validationClasses: 400, testClasses: 1692,
            examplesPerClass: 20, digest: "d2"),
        ]),
      .init(
        name: "sinusoid", isRegression: true,
        splits: [
          .init(
            name: "standard", trainClasses: 0, validationClasses: 0, testClasses: 0,
            examplesPerClass: Int.max, digest: "d3")
        ]),
    ])
}
