/// From the numbers of one unit to one, so that what belongs together stays together: which outcome, at
/// which places, and what is made of the places that are left.
public struct Measure: Hashable, Sendable {
  /// The outcome's name; nil for the one that is judged, the first.
  public var outcome: String?
  /// Coordinates by the names of axes.
  public var at: [String: Double]
  /// What is made of the places that are left open.
  public var reduction: Reduction

  /// What is made of several numbers of one unit.
  public enum Reduction: String, Hashable, Sendable, CaseIterable {
    case last, mean, sum

    /// - Precondition: There are numbers.
    func applied(to numbers: [Double]) -> Double {
      switch self {
      case .last: numbers[numbers.count - 1]
      case .mean: numbers.reduce(0, +) / Double(numbers.count)
      case .sum: numbers.reduce(0, +)
      }
    }
  }

  /// A measure from its parts.
  public init(outcome: String? = nil, at: [String: Double] = [:], reduction: Reduction = .last) {
    self.outcome = outcome
    self.at = at
    self.reduction = reduction
  }

  /// The judged outcome at its last place.
  public static let standard = Measure()

  /// The judged outcome after so many adaptation steps; after the last for nil.
  public static func after(steps: Int?) -> Measure {
    Measure(at: steps.map { [OutcomeAxis.steps: Double($0)] } ?? [:])
  }

  /// The number of adaptation steps that is asked for; nil if none is.
  public var steps: Int? { at[OutcomeAxis.steps].map { Int($0) } }

  /// As in `after 3 steps`, or `at showing 2, mean`; nil where nothing is asked but the last place.
  public var words: String? {
    let places = at.sorted { $0.key < $1.key }.map { name, place in
      let number = place == place.rounded() ? "\(Int(place))" : "\(place)"
      return name == OutcomeAxis.steps ? "after \(number) step\(place == 1 ? "" : "s")" : "at \(name) \(number)"
    }
    let parts = places + (reduction == .last ? [] : [reduction.rawValue])
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
