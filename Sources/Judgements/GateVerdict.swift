/// What a gate decides, of a cell or of all together.
public enum GateVerdict: String, Sendable, Equatable, Encodable {
  /// Shown to be no worse than the baseline by more than the margin.
  case pass
  /// Shown to be worse than the baseline, and by more than the margin.
  case regression
  /// Neither is shown: the power was too small.
  case inconclusive
  /// Cannot be compared.
  case invalid

  /// The exit code that tells a build: 0, 1, 3 or 4; 2 is for wrong usage.
  public var exitCode: Int32 {
    switch self {
    case .pass: 0
    case .regression: 1
    case .inconclusive: 3
    case .invalid: 4
    }
  }

  /// The verdict on all: the first that occurs of invalid, regression, inconclusive and pass;
  /// invalid if there is none.
  public static func together(_ verdicts: [GateVerdict]) -> GateVerdict {
    [.invalid, .regression, .inconclusive, .pass].first(where: verdicts.contains) ?? .invalid
  }
}
