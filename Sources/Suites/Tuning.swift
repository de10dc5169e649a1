import Kinds
import Measures

/// Settings that a cell chooses itself: before it is trained, it tries values of them on validation units.
public struct Tuning: Sendable {
  /// What a choice may cost. It is the same for every system of a suite, unless the suite says otherwise.
  public struct Budget: Hashable, Sendable {
    /// The choices of values that are tried.
    public var trials: Int
    /// Training iterations of a trial; nil for kinds that have none, where units learn from the start.
    public var iterations: Int?
    /// Validation units that a trial is tested on: the same for all trials.
    public var units: Int
  }

  /// One choice of values.
  public struct Trial: Sendable {
    /// The settings that are chosen, with their values.
    public let values: Coordinates
    /// The cell with these values, trained as long as a trial is.
    public let plan: CellPlan
    /// The cell with these values, trained as long as cells are.
    public let whole: CellPlan
  }

  /// What the choice may cost.
  public let budget: Budget
  /// Whether the suite gives this system a budget of its own.
  public let isOwnBudget: Bool
  /// What the mean over validation units is taken of: the judged outcome at some place.
  public let measure: Measure
  /// In the order in which they are made; all have the same settings.
  public let trials: [Trial]

  /// The settings that are chosen.
  public var names: [String] { trials[0].values.entries.map(\.name) }

  /// Every value of a setting that some trial has, each once.
  public func values(of name: String) -> [SettingValue] {
    trials.compactMap { $0.values[name] }.distinct()
  }
}
