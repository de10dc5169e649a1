import Kinds

/// A step size halved at regular intervals, counted in episodes, as in the authors' code for prototypical networks.
struct HalvedRate {
  static let metaRate = Setting("metaRate", 0.001, "step size of Adam")
  static let halveEvery = Setting(
    "halveEvery", 2000, atLeast: 1, atMost: 1e9, "episodes after which the step size is halved")

  private let first: Double
  private let halveEvery: Int

  init(first: Double, halveEvery: Int) {
    self.first = first
    self.halveEvery = halveEvery
  }

  init(_ settings: Settings) {
    first = settings[Self.metaRate]
    halveEvery = settings[Self.halveEvery]
  }

  /// The step size of an iteration, the first of which is 0.
  func at(_ iteration: Int) -> Double {
    first * Double(sign: .plus, exponent: -(iteration / halveEvery), significand: 1)
  }
}
