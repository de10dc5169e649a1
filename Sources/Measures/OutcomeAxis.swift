/// An axis of an outcome besides the units: adaptation steps, showings, tasks learned.
public struct OutcomeAxis: Hashable, Sendable {
  /// The name of the axis of adaptation steps.
  public static let steps = "steps"

  /// What suites call it, for example `steps`.
  public let name: String
  /// The coordinate of each place: `at: { steps: 1 }` asks for the place whose coordinate is 1.
  public let places: [Double]
  /// The places in words, as `layer 0`; empty where numbers speak for themselves.
  public let labels: [String]

  /// An axis from its parts.
  ///
  /// - Precondition: There are places, and labels for all or none of them.
  public init(_ name: String, _ places: [Double], labels: [String] = []) {
    precondition(!places.isEmpty && (labels.isEmpty || labels.count == places.count), "an axis has places")
    self.name = name
    self.places = places
    self.labels = labels
  }

  /// An axis of whole numbers.
  public init(_ name: String, _ places: ClosedRange<Int>) { self.init(name, places.map(Double.init)) }

  /// The place of that index in words.
  public func label(_ index: Int) -> String {
    guard labels.isEmpty else { return labels[index] }
    let place = places[index]
    return place == place.rounded() && abs(place) < 1e15 ? String(Int(place)) : "\(place)"
  }
}
