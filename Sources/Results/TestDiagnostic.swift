/// What an algorithm recorded under one name of its adaptation to every test episode.
public struct TestDiagnostic: Sendable, Equatable {
  /// What claims call it, for example `support-accuracy`.
  public let name: String
  /// `[episodes, steps + 1]` in row-major order.
  public let values: [Double]
  /// The largest number of adaptation steps that it was recorded after; column 0 is before any.
  public let steps: Int

  /// A diagnostic from its parts.
  public init(name: String, values: [Double], steps: Int) {
    self.name = name
    self.values = values
    self.steps = steps
  }
}
