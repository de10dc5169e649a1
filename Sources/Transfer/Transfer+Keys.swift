import Kinds
import Measures

extension Transfer {
  /// The protocol keys that suites may set.
  enum Keys {
    static let target = Setting(
      "target", 2, atLeast: 2, example: "target: [60]", "target classes of a draw, told apart all at once")
    static let images = Setting("images", 10, atLeast: 1, "images of each target class to learn from")

    // train
    static let sourceClasses = Setting(
      "sourceClasses", 2, atLeast: 2, example: "sourceClasses: 200", "classes that are pretrained on")
    static let sourceImages = Setting(
      "sourceImages", 10, atLeast: 1, "images of each source class to learn from")
    static let sourceValidationImages = Setting(
      "sourceValidationImages", 4, atLeast: 1, "images of each source class to validate the pretraining with")
    static let iterations = Setting(
      KindDescription.iterationsKey, 0, atMost: 1e9, example: "iterations: 2000", "updates of the pretraining")
    static let groups = Setting(
      "groups", 16, atLeast: 1, "groups of a minibatch, in pretraining and after it")
    static let groupClasses = Setting(
      "groupClasses", 5, atLeast: 1, "classes of a group, which differ, with an image of each")
    static let validateEvery = Setting(
      "validateEvery", 0, atMost: 1e9, "a validation on the source classes after so many iterations; 0 for none")

    // test
    static let draws = Setting("draws", 2, atLeast: 2, example: "draws: 10", "draws of target classes")
    static let steps = Setting(
      "steps", 1, atLeast: 1, example: "steps: 500", "training steps on the target classes")
    static let every = Setting("every", 25, atLeast: 1, "a test after so many of them, and before the first")
    static let validationImages = Setting(
      "validationImages", 4, atLeast: 1, "images of each target class to validate with")
    static let testImages = Setting("testImages", 6, atLeast: 1, "images of each target class to test with")
  }

  /// What a test measures besides accuracy.
  enum Outcomes {
    /// By training steps.
    static let validation = Metric(
      "validation-accuracy", "accuracy on validation images", better: .higher, scale: .share)
    /// The first place whose accuracy on test images is at least 0.9 times that of the last.
    static let steps = Metric(
      "steps-to-90", "steps to 90 % of the final accuracy", better: .lower, scale: .count)
    static let share = 0.9
  }
}
