import Episodes
import Kinds
import Measures

extension SuiteParser {
  /// An entry of the axis `algorithm`: a name, and the settings that the grid fixes.
  private struct Choice {
    let system: RegisteredSystem
    let fixed: [(name: String, node: SuiteNode)]
    let node: SuiteNode
  }

  /// All cells of the grid in order, before overrides and exclusions.
  func drafts(of top: SuiteSection) throws -> [CellDraft] {
    let grid = try top.required("grid", example: "grid: { algorithm: [maml], ... }")
    let protocols = try protocols(
      top.required("protocol", example: "protocol: { train: {...}, test: {...} }"))
    let settings = try settings(top["settings"])
    return try grid.values().flatMap { try drafts($0.section(), protocols, settings) }
  }

  private func drafts(
    _ grid: SuiteSection, _ protocols: Protocols, _ settings: [String: SuiteSection]
  ) throws -> [CellDraft] {
    try grid.allow(["algorithm", "dataset", "split"] + kind.description.axisNames + ["repeat"])
    let choices = try grid.required("algorithm", example: "algorithm: [maml]").nonEmptyValues()
      .flatMap(choices)
    let datasets = try grid.required("dataset", example: "dataset: [omniglot]").nonEmptyValues()
    for (index, node) in datasets.enumerated() {
      let name = try dataset(node).name
      guard try !datasets[..<index].contains(where: { try dataset($0).name == name }) else {
        throw SuiteError.duplicateName(node.place, kind: "dataset", name: name)
      }
    }
    let repeats = try grid["repeat"]?.integer(atLeast: 1, atMost: Self.mostCells) ?? 1

    try checkSize(repeats, datasets, choices.count, of: grid)
    var drafts: [CellDraft] = []
    for repetition in 0..<repeats {
      for datasetNode in datasets {
        let dataset = try dataset(datasetNode)
        let points = try points(on: dataset, of: grid)
        for (split, splitNode) in try splitsOf(dataset, grid["split"], protocols) {
          for point in points {
            for choice in choices {
              var places = DraftPlaces(
                algorithm: choice.node.place, grid: grid.place, train: protocols.trainPlace,
                test: protocols.testPlace, values: protocols.origins)
              places.values["algorithm"] = ValueOrigin(choice.node)
              places.values["dataset"] = ValueOrigin(datasetNode)
              places.values["split"] = splitNode.map(ValueOrigin.init)
              places.values["repeat"] = grid["repeat"].map(ValueOrigin.init)
              for (axis, node) in point.nodes { places.values[axis] = ValueOrigin(node) }
              var test = protocols.test
              let (resolved, fixed) = try resolve(choice, dataset, settings, &test, &places.values)
              drafts.append(
                CellDraft(
                  kind: kind, system: choice.system, fixed: fixed,
                  dataset: dataset, split: split, isSplitOfGrid: grid["split"] != nil,
                  axes: point.values, repetition: repetition, training: protocols.training, test: test,
                  settings: resolved, places: places))
            }
          }
        }
      }
    }
    return drafts
  }

  /// The most cells that one entry of a grid, or the choices of one algorithm, may make.
  private static let mostCells = 100_000

  /// Throws if the cells are too many, before there is one.
  private func checkSize(_ repeats: Int, _ datasets: [SuiteNode], _ choices: Int, of grid: SuiteSection) throws {
    var cells = 0.0
    for node in datasets {
      let axes = ["split"] + kind.description.axes(try dataset(node)).map(\.name)
      let counts = [repeats, choices] + axes.compactMap { grid[$0]?.values().count }
      cells += counts.reduce(1) { $0 * Double($1) }
    }
    guard cells <= Double(Self.mostCells) else {
      throw SuiteError.tooManyCells(
        grid.place, section: grid.path, cells: cells, repeats: repeats, most: Self.mostCells)
    }
  }

  /// A place on the axes of the kind, with where the grid says it.
  private struct Point {
    var values: Settings
    var nodes: [String: SuiteNode] = [:]
  }

  /// Every combination of what the grid says of the kind's axes, the last axis innermost.
  private func points(on dataset: DatasetDescription, of grid: SuiteSection) throws -> [Point] {
    let axes = kind.description.axes(dataset)
    return try axes.reduce([Point(values: Settings(axes))]) { points, axis in
      guard let node = grid[axis.name] else {
        guard let example = axis.example else { return points }
        throw SuiteError.missingKey(
          grid.place, key: axis.name, section: grid.path, example: example)
      }
      let values = try node.nonEmptyValues().map { (try $0.value(of: axis), $0) }
      return points.flatMap { point in
        values.map { value, node in
          var point = point
          point.values.set(axis.name, to: value)
          point.nodes[axis.name] = node
          return point
        }
      }
    }
  }

  private func dataset(_ node: SuiteNode) throws -> DatasetDescription {
    let name = try node.name(of: "dataset", among: catalog.datasets.map(\.name))
    return catalog.dataset(named: name)!
  }

  /// The splits of the grid or, where it names none, the protocol's.
  private func splitsOf(
    _ dataset: DatasetDescription, _ axis: SuiteNode?, _ protocols: Protocols
  ) throws -> [(String, SuiteNode?)] {
    guard let axis else {
      return [(try protocols.split(of: dataset), try protocols.splitNode(of: dataset))]
    }
    return try axis.nonEmptyValues().map { (try Self.split($0, of: dataset), $0) }
  }

  /// `maml`, or `{ name: nearest-neighbor, features: [pixels, pretrained] }`: one choice for each
  /// combination of the listed values.
  private func choices(_ node: SuiteNode) throws -> [Choice] {
    let names = kind.systems.map(\.name)
    guard node.isMapping else {
      let name = try node.name(of: "algorithm", among: names)
      return [Choice(system: kind.system(named: name)!, fixed: [], node: node)]
    }
    let section = try node.section()
    let name = try section.required("name", example: "name: \(names.first ?? "maml")")
      .name(of: "algorithm", among: names)
    let system = kind.system(named: name)!
    try section.allow(["name"] + system.settingNames + kind.description.fixable)
    var combinations: [[(name: String, node: SuiteNode)]] = [[]]
    for entry in section.entries where entry.key != "name" {
      let values = try entry.value.nonEmptyValues()
      guard combinations.count * values.count <= Self.mostCells else {
        throw SuiteError.tooManyCells(
          entry.value.place, section: section.path, cells: Double(combinations.count) * Double(values.count), repeats: 1,
          most: Self.mostCells)
      }
      combinations = combinations.flatMap { combination in
        values.map { combination + [(entry.key, $0)] }
      }
    }
    return combinations.map { Choice(system: system, fixed: $0, node: node) }
  }

  // MARK: Settings

  /// The section of each algorithm in `settings`, its keys checked.
  private func settings(_ node: SuiteNode?) throws -> [String: SuiteSection] {
    guard let section = try node?.section() else { return [:] }
    try section.allow(kind.systems.map(\.name))
    var result: [String: SuiteSection] = [:]
    for entry in section.entries {
      let inside = try entry.value.section()
      try inside.allow(kind.system(named: entry.key)!.settingNames)
      result[entry.key] = inside
    }
    return result
  }

  /// Defaults, then the section `settings` where the dataset's kind has such a setting, then what
  /// the grid fixes.
  ///
  /// - Parameters:
  ///   - test: Gets what the grid's entry says of it.
  ///   - origins: Gets that of every value that is not left at its default.
  private func resolve(
    _ choice: Choice, _ dataset: DatasetDescription, _ sections: [String: SuiteSection],
    _ test: inout Settings, _ origins: inout [String: ValueOrigin]
  ) throws -> (Settings, [CellDraft.Fixed]) {
    let system = choice.system
    let known = system.settings(dataset) ?? []
    var settings = Settings(known)
    for entry in sections[system.name]?.entries ?? [] {
      guard let description = known.first(where: { $0.name == entry.key }) else { continue }
      settings.set(entry.key, to: try entry.value.value(of: description))
      origins["settings.\(entry.key)"] = ValueOrigin(entry.value)
    }
    let fixed = try choice.fixed.compactMap { name, node -> CellDraft.Fixed? in
      if kind.description.fixable.contains(name) {
        let value = try node.value(of: kind.description.testing.first { $0.name == name }!)
        test.set(name, to: value)
        origins["test.\(name)"] = ValueOrigin(node)
        return CellDraft.Fixed(name: name, value: value)
      }
      // A cell that cannot be is refused later, unless it is excluded.
      guard !known.isEmpty else { return CellDraft.Fixed(name: name, value: try node.scalar()) }
      guard let description = known.first(where: { $0.name == name }) else {
        throw SuiteError.settingOfAnotherKind(
          node.place, key: name, algorithm: system.name, dataset: dataset.name)
      }
      let value = try node.value(of: description)
      settings.set(name, to: value)
      origins["settings.\(name)"] = ValueOrigin(node)
      return CellDraft.Fixed(name: name, value: value)
    }
    return (settings, fixed)
  }
}
