/// How much work a cell is: what the driver needs to know of a kind's protocol.
public struct Effort: Hashable, Sendable {
  /// Training iterations; not made where nothing is trained.
  public var iterations: Int
  /// Units that one training iteration learns from; nil where it is not made of units.
  public var unitsPerIteration: Int?
  /// Iterations between validations; 0 for none.
  public var validateEvery: Int
  /// Units per validation.
  public var validationUnits: Int
  /// How much work the score of a validation unit is, in test units.
  public var validationCost: Double
  /// Test units; the most there may be if `until` is set.
  public var units: Int
  /// The half-width of the 95 % interval that is wanted; nil to test all units.
  public var until: Double?
  /// Whether its work is spread over threads where there are few cells; networks that are too small for
  /// that run side by side with other cells.
  public var spreads: Bool

  /// Work from its parts.
  public init(
    iterations: Int, unitsPerIteration: Int? = nil, validateEvery: Int = 0, validationUnits: Int = 0,
    validationCost: Double = 1, units: Int, until: Double? = nil, spreads: Bool = false
  ) {
    self.iterations = iterations
    self.unitsPerIteration = unitsPerIteration
    self.validateEvery = validateEvery
    self.validationUnits = validationUnits
    self.validationCost = validationCost
    self.units = units
    self.until = until
    self.spreads = spreads
  }
}
