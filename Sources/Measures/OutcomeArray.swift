/// What all units of a cell's test gave of one metric: `[units]` and then the axes, outermost first.
public struct OutcomeArray: Hashable, Sendable {
  /// What the numbers mean.
  public let metric: Metric
  /// Of the numbers of one unit, outermost first; empty for a single number.
  public let axes: [OutcomeAxis]
  /// Row-major: all numbers of the first unit, then those of the second.
  public let values: [Double]

  /// An array from its parts.
  ///
  /// - Precondition: The values are whole rows.
  public init(_ metric: Metric, axes: [OutcomeAxis] = [], values: [Double]) {
    self.metric = metric
    self.axes = axes
    self.values = values
    precondition(values.count.isMultiple(of: width), "'\(metric.name)': values are whole rows")
  }

  /// The numbers of each unit.
  public var width: Int { axes.reduce(1) { $0 * $1.places.count } }

  /// The number of units.
  public var units: Int { values.count / width }

  /// One number per unit: `[units]`; nil if there is no such place.
  ///
  /// - Complexity: O(values).
  public func values(by measure: Measure) -> [Double]? {
    guard let places = places(of: measure) else { return nil }
    return (0..<units).map { unit in
      measure.reduction.applied(to: places.map { values[unit * width + $0] })
    }
  }

  /// The places in a row that a measure is made of, in row-major order; nil if it names an axis or a
  /// coordinate that is not there.
  private func places(of measure: Measure) -> [Int]? {
    guard measure.at.keys.allSatisfy({ name in axes.contains { $0.name == name } }) else { return nil }
    var places = [0]
    for axis in axes {
      let indices: [Int]
      if let wanted = measure.at[axis.name] {
        guard let index = axis.places.firstIndex(of: wanted) else { return nil }
        indices = [index]
      } else {
        indices = Array(axis.places.indices)
      }
      places = places.flatMap { place in indices.map { place * axis.places.count + $0 } }
    }
    return places
  }
}

extension OutcomeArray {
  /// A place in a row in words: ` after 2 steps`, ` at learned 3, tested 1`; empty without axes.
  ///
  /// - Parameter place: Counted in row-major order.
  public func words(of place: Int) -> String {
    guard let first = axes.first else { return "" }
    let parts = zip(axes, axisLabels(of: place)).map { axis, label in
      axis.name == OutcomeAxis.steps ? "after \(label) step\(label == "1" ? "" : "s")" : "\(axis.name) \(label)"
    }
    return (first.name == OutcomeAxis.steps ? " " : " at ") + parts.joined(separator: ", ")
  }

  /// The labels of a place in a row, outermost axis first: `3, 1`.
  ///
  /// - Parameter place: Counted in row-major order.
  public func labels(of place: Int) -> String { axisLabels(of: place).joined(separator: ", ") }

  /// The label of each axis at a place in a row.
  private func axisLabels(of place: Int) -> [String] {
    var rest = place
    var labels: [String] = []
    for axis in axes.reversed() {
      labels.append(axis.label(rest % axis.places.count))
      rest /= axis.places.count
    }
    return labels.reversed()
  }
}
