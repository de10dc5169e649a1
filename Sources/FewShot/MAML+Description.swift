import Kinds
import Networks

extension MAML {
  static let description = AlgorithmDescription(
    name: "maml", summary: "gradient steps from meta-learned parameters, exact meta-gradient",
    reference: "Finn, Abbeel, Levine 2017",
    classification: settings(isRegression: false) + remedies(isRegression: false),
    regression: settings(isRegression: true) + remedies(isRegression: true),
    diagnostics: Diagnostic.ofSupport + LayerSimilarity.names
  ) { try MAML($0, $1, isFirstOrder: false) }

  static let firstOrderDescription = AlgorithmDescription(
    name: "fomaml", summary: "MAML whose meta-gradient leaves out second derivatives",
    reference: "Finn, Abbeel, Levine 2017, section 5.2",
    classification: settings(isRegression: false) + remedies(isRegression: false),
    regression: settings(isRegression: true) + remedies(isRegression: true),
    diagnostics: Diagnostic.ofSupport + LayerSimilarity.names
  ) { try MAML($0, $1, isFirstOrder: true) }

  /// The settings of MAML and its relatives.
  ///
  /// - Parameter testSteps: Their number by default; nil for MAML's own.
  public static func settings(isRegression: Bool, testSteps: Int? = nil) -> [SettingDescription] {
    [
      .init("innerRate", .number(isRegression ? 0.01 : 0.4), "step size α of the inner loop")
    ] + stepSettings(isRegression: isRegression, testSteps: testSteps)
  }

  /// Those of them that a rule with learned step sizes has, too.
  public static func stepSettings(isRegression: Bool, testSteps: Int? = nil) -> [SettingDescription] {
    let steps: [SettingDescription] = [
      .init("innerSteps", .integer(1), minimum: 1, "inner steps per task in training"),
      .init(
        "testSteps", .integer(testSteps ?? (isRegression ? 10 : 3)), minimum: 1,
        "inner steps at test"),
      .init("metaRate", .number(0.001), "step size of Adam, the outer loop"),
    ]
    return isRegression ? steps : steps + networkSettings + [lossReduction]
  }

  /// How the losses of a task's examples become one, in the inner loop and in the outer one.
  private static let lossReduction = SettingDescription(
    "lossReduction", .text(Objective.Reduction.mean.rawValue),
    choices: Objective.Reduction.allCases.map(\.rawValue), isLater: true,
    "a task's loss: the mean over its images, or their sum divided by the shot, as in the code of MAML's"
      + " authors, where innerRate counts way-fold")

  static let networkSettings: [SettingDescription] = [
    .init(
      "network", .text("conv"), choices: ["conv", "no-conv"],
      "four convolutional blocks, or a fully connected network"),
    .init("filters", .integer(64), minimum: 1, "filters of each convolution"),
  ]

  /// The network of learners that also solve linear regressions.
  static let regressionNetwork = SettingDescription(
    "network", .text("mlp"), choices: ["mlp", "linear"], isLater: true,
    "two hidden layers of 40, or none: the loss is then a quadratic of the parameters")

  /// What others found to help MAML (Antoniou et al. 2019; Kao et al. 2022), or to harm it.
  private static func remedies(isRegression: Bool) -> [SettingDescription] {
    let remedies: [SettingDescription] = [
      .init(
        "multiStepLoss", .integer(0), isLater: true,
        "iterations in which the query loss after every inner step counts (MAML++)"),
      .init(
        "learnedRates", .flag(false), isLater: true,
        "a learned step size for each tensor and inner step, from innerRate on (MAML++)"),
      .init(
        "stepNorms", .flag(false), isLater: true,
        "learned batch-norm scales and shifts for each inner step, not adapted (MAML++)"),
      .init("cosine", .flag(false), isLater: true, "metaRate falls along a cosine (MAML++)"),
      .init(
        "firstOrderIterations", .integer(0), isLater: true,
        "iterations before second derivatives are used (MAML++)"),
      .init(
        "clip", .number(0), isLater: true,
        "the largest size of one number of a meta-gradient; 0 for any"),
    ]
    guard !isRegression else { return remedies + [regressionNetwork] }
    return remedies + [
      .init(
        "freeze", .integer(0), isLater: true,
        "layers from the inputs on that adaptation leaves as they are, at test only"),
      .init(
        "zeroHead", .flag(false), isLater: true,
        "inner loops begin with a last layer of zeros (the zeroing trick of Kao et al. 2022)"),
      .init(
        "doubleSoftmax", .flag(false), isLater: true,
        "a softmax before the cross-entropy, as in a tutorial's faulty code"),
      .init(
        "similarity", .flag(false), isLater: true,
        "record how alike the layers' answers to queries are before and after adaptation (network conv)"),
    ]
  }

  init(_ settings: Settings, _ problem: Problem, isFirstOrder: Bool) throws {
    let network = try problem.network(settings)
    let rate = Float(settings.number("innerRate"))
    var rule: any InnerRule = GradientDescent(rate: rate)
    if settings.flag("learnedRates") {
      rule = StepwiseRates(of: network, from: rate, steps: settings.integer("innerSteps"))
    }
    if settings.flag("stepNorms") {
      rule = StepwiseNorms(of: network, steps: settings.integer("innerSteps"), otherwise: rule)
    }
    let clip = settings.number("clip")
    self.init(
      InnerLoop(network: network, rule: rule, objective: settings.objective), settings, problem,
      schedule: MetaSchedule(
        metaRate: settings.number("metaRate"), isFirstOrder: isFirstOrder,
        firstOrderIterations: settings.integer("firstOrderIterations"),
        multiStepIterations: settings.integer("multiStepLoss"),
        cosineIterations: settings.flag("cosine") ? problem.iterations : nil,
        clip: clip > 0 ? Float(clip) : nil))
    guard !problem.isRegression else { return }
    frozenLayers = settings.integer("freeze")
    if settings.flag("zeroHead") { start = .zeroHead }
    if settings.flag("similarity") {
      similarity = LayerSimilarity(of: network)
      guard similarity != nil else {
        throw AlgorithmError.invalidSettings(
          "'similarity' compares convolutional blocks, of which network '\(settings.text("network"))' has none.")
      }
    }
  }
}

extension Settings {
  /// What the settings `doubleSoftmax` and `lossReduction` ask for; plain where there are none.
  var objective: Objective {
    var objective = Objective(hasSoftmax: self["doubleSoftmax"] == .flag(true))
    if case .text(let name) = self["lossReduction"] { objective.reduction = .init(rawValue: name)! }
    return objective
  }
}
