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
  /// - Parameters:
  ///   - rate: The inner step size by default; nil for MAML's own.
  ///   - testSteps: Their number by default; nil for MAML's own.
  public static func settings(
    isRegression: Bool, innerRate rate: Double? = nil, testSteps: Int? = nil
  ) -> [SettingDescription] {
    .of(innerRate.with(rate ?? (isRegression ? 0.01 : 0.4)))
      + stepSettings(isRegression: isRegression, testSteps: testSteps)
  }

  /// The ones shared with rules that learn step sizes.
  public static func stepSettings(isRegression: Bool, testSteps: Int? = nil) -> [SettingDescription] {
    let steps: [SettingDescription] = .of(
      innerSteps, self.testSteps.with(testSteps ?? (isRegression ? 10 : 3)), metaRate)
    return isRegression ? steps : steps + networkSettings + .of(lossReduction)
  }

  /// The step size α.
  public static let innerRate = Setting("innerRate", 0.4, "step size α of the inner loop")
  /// Steps of the inner loop in training.
  public static let innerSteps = Setting("innerSteps", 1, atLeast: 1, atMost: 1000, "inner steps per task in training")
  /// Steps of the inner loop at test.
  public static let testSteps = Setting("testSteps", 3, atLeast: 1, atMost: 1000, "inner steps at test")
  /// The step size of the outer loop.
  public static let metaRate = Setting("metaRate", 0.001, "step size of Adam, the outer loop")

  /// How the losses of a task's examples are reduced to one, in the inner and the outer loop.
  static let lossReduction = Setting(
    "lossReduction", Objective.Reduction.mean, isLater: true,
    "a task's loss: the mean over its images, or their sum divided by the shot, as in the code of MAML's"
      + " authors, where innerRate counts way-fold")

  /// The settings of the network that most learners of classes have.
  public static let networkSettings: [SettingDescription] = .of(Problem.network, Problem.filters)

  /// Changes reported to help or harm MAML (Antoniou et al. 2019; Kao et al. 2022).
  private static func remedies(isRegression: Bool) -> [SettingDescription] {
    let remedies: [SettingDescription] = .of(
      multiStepLoss, learnedRates, stepNorms, cosine, firstOrderIterations, clip)
    return remedies
      + (isRegression
        ? .of(Problem.regressionNetwork) : .of(freeze, zeroHead, doubleSoftmax, similarity))
  }

  private static let multiStepLoss = Setting(
    "multiStepLoss", 0, atMost: 1e9, isLater: true,
    "iterations in which the query loss after every inner step counts (MAML++)")
  private static let learnedRates = Setting(
    "learnedRates", false, isLater: true,
    "a learned step size for each tensor and inner step, from innerRate on (MAML++)")
  private static let stepNorms = Setting(
    "stepNorms", false, isLater: true,
    "learned batch-norm scales and shifts for each inner step, not adapted (MAML++)")
  private static let cosine = Setting("cosine", false, isLater: true, "metaRate falls along a cosine (MAML++)")
  private static let firstOrderIterations = Setting(
    "firstOrderIterations", 0, atMost: 1e9, isLater: true,
    "iterations before second derivatives are used (MAML++)")
  private static let clip = Setting(
    "clip", 0.0, isLater: true, "the largest size of one number of a meta-gradient; 0 for any")
  private static let freeze = Setting(
    "freeze", 0, isLater: true, "layers from the inputs on that adaptation leaves as they are, at test only")
  private static let zeroHead = Setting(
    "zeroHead", false, isLater: true,
    "inner loops begin with a last layer of zeros (the zeroing trick of Kao et al. 2022)")
  static let doubleSoftmax = Setting(
    "doubleSoftmax", false, isLater: true,
    "a softmax before the cross-entropy, as in a tutorial's faulty code")
  private static let similarity = Setting(
    "similarity", false, isLater: true,
    "record how alike the layers' answers to queries are before and after adaptation (network conv)")

  init(_ settings: Settings, _ problem: Problem, isFirstOrder: Bool) throws {
    let network = try problem.network(settings)
    let rate = Float(settings[Self.innerRate])
    var rule: any InnerRule = GradientDescent(rate: rate)
    if settings[Self.learnedRates] {
      rule = StepwiseRates(of: network, from: rate, steps: settings[Self.innerSteps])
    }
    if settings[Self.stepNorms] {
      rule = StepwiseNorms(of: network, steps: settings[Self.innerSteps], otherwise: rule)
    }
    let clip = settings[Self.clip]
    self.init(
      InnerLoop(network: network, rule: rule, objective: settings.objective), settings, problem,
      schedule: MetaSchedule(
        metaRate: settings[Self.metaRate], isFirstOrder: isFirstOrder,
        firstOrderIterations: settings[Self.firstOrderIterations],
        multiStepIterations: settings[Self.multiStepLoss],
        cosineIterations: settings[Self.cosine] ? problem.iterations : nil,
        clip: clip > 0 ? Float(clip) : nil))
    guard !problem.isRegression else { return }
    frozenLayers = settings[Self.freeze]
    if settings[Self.zeroHead] { start = .zeroHead }
    if settings[Self.similarity] {
      similarity = LayerSimilarity(of: network)
      guard similarity != nil else {
        throw AlgorithmError.invalidSettings(
          "'similarity' compares convolutional blocks, of which network '\(settings[Problem.network].rawValue)' has none.")
      }
    }
  }
}

extension Settings {
  /// The loss selected by the settings `doubleSoftmax` and `lossReduction`; the plain one without them.
  var objective: Objective {
    Objective(
      hasSoftmax: self[ifPresent: MAML.doubleSoftmax] ?? false,
      reduction: self[ifPresent: MAML.lossReduction] ?? .mean)
  }
}
