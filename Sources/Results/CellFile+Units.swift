import Measures
import Storage

/// How files of schema 2 hold a test: any outcomes with any axes.
extension CellFile {
  static func writeUnits(_ test: TestOutcomes, to file: HDF5File) throws {
    try file.write("/units/digest", test.digests, shape: [test.units])
    try file.setAttribute("outcomes", test.arrays.map(\.metric.name).joined(separator: "\n"))
    for array in test.arrays {
      let name = array.metric.name
      try file.write(
        "/outcomes/\(name)/values", array.values, shape: [test.units] + array.axes.map(\.places.count))
      try file.setAttribute("\(name): axes", array.axes.map(\.name).joined(separator: "\n"))
      try write(array.metric, to: file)
      for axis in array.axes {
        try file.write("/outcomes/\(name)/\(axis.name)", axis.places, shape: [axis.places.count])
        try file.setAttribute(
          "\(name): \(axis.name)", axis.labels.joined(separator: "\n"))
      }
    }
  }

  /// - Parameter isDone: Whether what is judged must be numbers.
  static func units(in file: HDF5File, isDone: Bool) throws -> TestOutcomes {
    let digests = try file.uint64s("/units/digest").values
    let names = try file.distinctLines(file.requiredText("outcomes"), in: "outcomes")
    guard !names.isEmpty || digests.isEmpty else { throw file.inconsistent("it has units without outcomes") }
    let arrays = try names.map { name in
      let axes = try file.distinctLines(file.requiredText("\(name): axes"), in: "\(name): axes").map { axis in
        let labels = try file.requiredText("\(name): \(axis)").split(separator: "\n")
        let places = try file.finite("/outcomes/\(name)/\(axis)")
        guard !places.isEmpty, labels.isEmpty || labels.count == places.count else {
          throw file.inconsistent("the axis '\(axis)' of '\(name)' has other labels than places")
        }
        return OutcomeAxis(axis, places, labels: labels.map(String.init))
      }
      let (shape, values) = try file.doubles("/outcomes/\(name)/values")
      guard shape == [digests.count] + axes.map(\.places.count) else {
        throw file.inconsistent("the outcome '\(name)' does not fit its axes and the test units")
      }
      guard axes.reduce(1.0, { $0 * Double($1.places.count) }) < 1e12 else {
        throw file.inconsistent("the outcome '\(name)' has too many places")
      }
      let metric = try metric(named: name, in: file)
      try file.check(
        values, of: metric, in: "/outcomes/\(name)/values", mayBeNone: !isDone || name != names.first)
      return OutcomeArray(metric, axes: axes, values: values)
    }
    return TestOutcomes(arrays, digests: digests)
  }

  /// What a metric is, in attributes that begin with its name.
  static func write(_ metric: Metric, to file: HDF5File) throws {
    try file.setAttribute("\(metric.name): words", metric.words)
    try file.setAttribute("\(metric.name): direction", metric.direction.rawValue)
    try file.setAttribute("\(metric.name): scale", metric.scale.rawValue)
  }

  static func metric(named name: String, in file: HDF5File) throws -> Metric {
    guard let direction = Metric.Direction(rawValue: try file.requiredText("\(name): direction")),
      let scale = Metric.Scale(rawValue: try file.requiredText("\(name): scale"))
    else { throw file.inconsistent("the metric '\(name)' has a direction or a scale that is none") }
    return Metric(name, try file.requiredText("\(name): words"), better: direction, scale: scale)
  }
}
