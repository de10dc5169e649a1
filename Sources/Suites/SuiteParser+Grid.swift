import FewShot
import Kinds

extension SuiteParser {
  /// An entry of the axis `algorithm`: a name, and the settings that the grid fixes.
  private struct Choice {
    let algorithm: Catalog.Algorithm
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
    try grid.allow(["algorithm", "dataset", "split", "way", "shot", "repeat"])
    let choices = try grid.required("algorithm", example: "algorithm: [maml]").nonEmptyValues()
      .flatMap(choices)
    let datasets = try grid.required("dataset", example: "dataset: [omniglot]").nonEmptyValues()
    for (index, node) in datasets.enumerated() {
      let name = try dataset(node).name
      guard try !datasets[..<index].contains(where: { try dataset($0).name == name }) else {
        throw SuiteError.duplicateName(node.place, kind: "dataset", name: name)
      }
    }
    let ways = try grid["way"]?.nonEmptyValues()
    let shots = try grid.required("shot", example: "shot: [1, 5]").nonEmptyValues()
    let repeats = try grid["repeat"]?.integer(atLeast: 1) ?? 1

    var drafts: [CellDraft] = []
    for repetition in 0..<repeats {
      for datasetNode in datasets {
        let dataset = try dataset(datasetNode)
        let ways = try waysOf(dataset, ways, grid: grid)
        for (split, splitNode) in try splitsOf(dataset, grid["split"], protocols) {
          for (way, wayNode) in ways {
            for shotNode in shots {
              let shot = try shotNode.integer(atLeast: 1)
              for choice in choices {
                var places = CellDraft.Places(
                  algorithm: choice.node.place, dataset: datasetNode.place,
                  way: wayNode?.place ?? grid.place, shot: shotNode.place, values: protocols.origins)
                places.values["algorithm"] = ValueOrigin(choice.node)
                places.values["dataset"] = ValueOrigin(datasetNode)
                places.values["split"] = splitNode.map(ValueOrigin.init)
                places.values["way"] = wayNode.map(ValueOrigin.init)
                places.values["shot"] = ValueOrigin(shotNode)
                places.values["repeat"] = grid["repeat"].map(ValueOrigin.init)
                var test = protocols.test
                let (resolved, fixed) = try resolve(
                  choice, dataset, settings, &test, &places.values)
                drafts.append(
                  CellDraft(
                    algorithm: choice.algorithm, fixed: fixed, dataset: dataset, split: split,
                    isSplitOfGrid: grid["split"] != nil, way: way, shot: shot,
                    repetition: repetition, training: protocols.training, test: test,
                    settings: resolved, places: places))
              }
            }
          }
        }
      }
    }
    return drafts
  }

  private func dataset(_ node: SuiteNode) throws -> Catalog.Dataset {
    let name = try node.name(of: "dataset", among: catalog.datasets.map(\.name))
    return catalog.dataset(named: name)!
  }

  /// The splits of the grid or, where it names none, the protocol's.
  private func splitsOf(
    _ dataset: Catalog.Dataset, _ axis: SuiteNode?, _ protocols: Protocols
  ) throws -> [(String, SuiteNode?)] {
    guard let axis else {
      return [(try protocols.split(of: dataset), try protocols.splitNode(of: dataset))]
    }
    return try axis.nonEmptyValues().map { (try Self.split($0, of: dataset), $0) }
  }

  /// The ways of the grid; regression may leave them out.
  private func waysOf(
    _ dataset: Catalog.Dataset, _ nodes: [SuiteNode]?, grid: SuiteSection
  ) throws -> [(Int, SuiteNode?)] {
    guard let nodes else {
      guard dataset.isRegression else {
        throw SuiteError.missingKey(
          grid.place, key: "way", section: grid.path, example: "way: [5]")
      }
      return [(1, nil)]
    }
    return try nodes.map { node in
      (try node.integer(atLeast: dataset.isRegression ? 1 : 2), node)
    }
  }

  /// `maml`, or `{ name: nearest-neighbor, features: [pixels, pretrained] }`: one choice for each
  /// combination of the listed values.
  private func choices(_ node: SuiteNode) throws -> [Choice] {
    let names = catalog.algorithms.map(\.name)
    guard node.isMapping else {
      let name = try node.name(of: "algorithm", among: names)
      return [Choice(algorithm: catalog.algorithm(named: name)!, fixed: [], node: node)]
    }
    let section = try node.section()
    let name = try section.required("name", example: "name: \(names.first ?? "maml")")
      .name(of: "algorithm", among: names)
    let algorithm = catalog.algorithm(named: name)!
    try section.allow(["name"] + algorithm.settingNames + CellCoordinates.testKeys)
    var combinations: [[(name: String, node: SuiteNode)]] = [[]]
    for entry in section.entries where entry.key != "name" {
      let values = try entry.value.nonEmptyValues()
      combinations = combinations.flatMap { combination in
        values.map { combination + [(entry.key, $0)] }
      }
    }
    return combinations.map { Choice(algorithm: algorithm, fixed: $0, node: node) }
  }

  // MARK: Settings

  /// The section of each algorithm in `settings`, its keys checked.
  private func settings(_ node: SuiteNode?) throws -> [String: SuiteSection] {
    guard let section = try node?.section() else { return [:] }
    try section.allow(catalog.algorithms.map(\.name))
    var result: [String: SuiteSection] = [:]
    for entry in section.entries {
      let inside = try entry.value.section()
      try inside.allow(catalog.algorithm(named: entry.key)!.settingNames)
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
    _ choice: Choice, _ dataset: Catalog.Dataset, _ sections: [String: SuiteSection],
    _ test: inout TestProtocol, _ origins: inout [String: ValueOrigin]
  ) throws -> (Settings, [CellDraft.Fixed]) {
    let algorithm = choice.algorithm
    let known = algorithm.settings(isRegression: dataset.isRegression) ?? []
    var settings = Settings(known)
    for entry in sections[algorithm.name]?.entries ?? [] {
      guard let description = known.first(where: { $0.name == entry.key }) else { continue }
      settings.set(entry.key, to: try entry.value.value(of: description))
      origins["settings.\(entry.key)"] = ValueOrigin(entry.value)
    }
    let fixed = try choice.fixed.compactMap { name, node -> CellDraft.Fixed? in
      if CellCoordinates.testKeys.contains(name) {
        try Self.set(name, to: node, of: &test)
        origins["test.\(name)"] = ValueOrigin(node)
        return CellDraft.Fixed(name: name, value: .text(try node.text()))
      }
      // A cell that cannot be is refused later, unless it is excluded.
      guard !known.isEmpty else { return CellDraft.Fixed(name: name, value: try node.scalar()) }
      guard let description = known.first(where: { $0.name == name }) else {
        throw SuiteError.settingOfAnotherKind(
          node.place, key: name, algorithm: algorithm.name, dataset: dataset.name)
      }
      let value = try node.value(of: description)
      settings.set(name, to: value)
      origins["settings.\(name)"] = ValueOrigin(node)
      return CellDraft.Fixed(name: name, value: value)
    }
    return (settings, fixed)
  }
}
