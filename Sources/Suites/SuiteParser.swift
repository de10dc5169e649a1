import Kinds
import Measures

/// Turns the tree of a suite file into a `Suite`, and checks everything on the way.
struct SuiteParser {
  let root: SuiteNode
  let catalog: Catalog
  /// The kind of experiment that the suite is of.
  let kind: RegisteredKind

  init(root: SuiteNode, catalog: Catalog) throws {
    self.root = root
    self.catalog = catalog
    let section = try root.section()["protocol"]
    let name = try section?.section()["kind"]?.name(
      of: "kind of experiment", among: catalog.kinds.map(\.description.name))
    kind = name.flatMap(catalog.kind) ?? catalog.kinds[0]
  }

  static let keys = [
    "suite", "title", "version", "seed", "grid", "protocol", "settings", "override", "exclude",
    "tune", "report", "claims", "gate", "store",
  ]

  func suite(source: String) throws -> Suite {
    let top = try root.section()
    try top.allow(Self.keys)
    let name = try top.required("suite", example: "suite: my-suite").name()
    let version = try top.required("version", example: "version: 1").integer(atLeast: 1, atMost: 1_000_000_000)
    let seed = UInt64(try top.required("seed", example: "seed: 2017").integer(atLeast: 0))
    var drafts = try drafts(of: top)
    try applyOverrides(top["override"], to: &drafts)
    drafts = try excluding(top["exclude"], from: drafts)
    guard !drafts.isEmpty else { throw SuiteError.noCells(top["exclude"]?.place ?? top.place) }
    try drafts.forEach(checkSupport)
    try applyTuning(top["tune"], to: &drafts, seed: seed)
    let cells = try finished(drafts, version: version, seed: seed)
    try checkTuning(top["tune"], cells: cells)
    let own = ["version", "seed"].compactMap { key in top[key].map { (key, ValueOrigin($0)) } }
    let origins = Dictionary(
      uniqueKeysWithValues: zip(cells, drafts).map { cell, draft in
        (cell.id, draft.places.values.merging(own) { first, _ in first })
      })
    return Suite(
      name: name, title: try top["title"]?.text() ?? name, version: version, seed: seed,
      kind: kind.description, cells: cells, report: try report(top["report"], cells: cells),
      claims: try claims(top["claims"], cells: cells), gate: try gate(top["gate"], cells: cells),
      store: try store(top["store"]), origins: origins, source: source)
  }

  private func checkSupport(_ draft: CellDraft) throws {
    let dataset = draft.dataset
    guard !kind.description.needs.isDisjoint(with: dataset.provides) else {
      let fitting = catalog.datasets.filter { !kind.description.needs.isDisjoint(with: $0.provides) }
      throw SuiteError.foreignDataset(
        draft.places.values["dataset"]?.place ?? draft.places.grid, dataset: dataset.name,
        kind: kind.description.name, known: fitting.map(\.name))
    }
    guard draft.system.settings(dataset) == nil else { return }
    throw SuiteError.unsupported(
      draft.places.algorithm, algorithm: draft.system.name, dataset: dataset.name,
      isRegression: dataset.isRegression)
  }

  private func finished(_ drafts: [CellDraft], version: Int, seed: UInt64) throws -> [Cell] {
    var seen: Set<String> = []
    return try zip(drafts, CellLabels.variants(of: drafts)).map { draft, variant in
      let tuning = try draft.tuned()
      let cell = Cell(
        draft, variant: variant, plan: try tuning?.trials[0].whole ?? draft.plan(), tuning: tuning,
        version: version, seed: seed)
      // Names may differ: a default that an entry of the grid says again makes no other cell.
      guard seen.insert(cell.configuration).inserted else {
        throw SuiteError.duplicateCell(draft.places.algorithm, cell: cell.id)
      }
      return cell
    }
  }

  private func excluding(_ node: SuiteNode?, from drafts: [CellDraft]) throws -> [CellDraft] {
    guard let node else { return drafts }
    let selections = try node.values().map { entry in
      let selection = try selection(entry)
      guard drafts.contains(where: { selection.contains($0.value) }) else {
        throw SuiteError.matchesNothing(entry.place, section: "exclude")
      }
      return selection
    }
    return drafts.filter { draft in !selections.contains { $0.contains(draft.value) } }
  }

  private func gate(_ node: SuiteNode?, cells: [Cell]) throws -> Gate? {
    guard let section = try node?.section() else { return nil }
    try section.allow(Gate.Limit.allCases.map(\.rawValue))
    let ofShares = cells.contains(where: \.metric.isShare)
    func number(_ limit: Gate.Limit) throws -> Double? {
      guard let node = section[limit.rawValue] else { return nil }
      let number = try node.number()
      if let allowed = limit.objection(to: number, ofAccuracies: ofShares) {
        throw node.outOfRange(allowed)
      }
      return number
    }
    _ = try section.required("margin", example: "margin: 0.01")
    return Gate(
      margin: try number(.margin)!, confidence: try number(.confidence) ?? 0.95,
      trainingDeviation: try number(.trainingDeviation), trainSeconds: try number(.trainSeconds),
      peakMemory: try number(.peakMemory))
  }

  private func store(_ node: SuiteNode?) throws -> StorePolicy {
    guard let section = try node?.section() else { return .all }
    try section.allow(["parameters"])
    let names = StorePolicy.allCases.map(\.rawValue)
    let policy = try section["parameters"]?.name(of: "store policy", among: names)
    return policy.flatMap(StorePolicy.init) ?? .all
  }
}

// MARK: - Selections

extension SuiteParser {
  /// What conditions and axes may be called.
  var selectionKeys: [String] {
    var keys = ["algorithm", "dataset", "split"] + kind.description.axisNames + ["repeat"]
      + kind.description.fixable
    for system in kind.systems {
      keys += system.settingNames.filter { !keys.contains($0) }
    }
    return keys
  }

  func selection(_ node: SuiteNode) throws -> Selection {
    try selection(node.section(), besides: [])
  }

  /// The conditions in `section`, whose keys `besides` mean something else; keys `without` mean
  /// nothing there.
  func selection(
    _ section: SuiteSection, besides: [String], without: [String] = []
  ) throws -> Selection {
    let known = selectionKeys.filter { !without.contains($0) }
    let conditions = section.entries.filter { !besides.contains($0.key) }
    return Selection(
      try conditions.map { entry in
        guard known.contains(entry.key) else {
          throw section.unknown(entry, known: besides + known)
        }
        return Selection.Condition(
          key: entry.key,
          values: try entry.value.nonEmptyValues().map { try conditionValue($0, key: entry.key) })
      })
  }

  private func conditionValue(_ node: SuiteNode, key: String) throws -> SettingValue {
    switch key {
    case "algorithm":
      .text(try node.name(of: "algorithm", among: kind.systems.map(\.name)))
    case "dataset": .text(try node.name(of: "dataset", among: catalog.datasets.map(\.name)))
    case "repeat": .integer(try node.integer(atLeast: 0, atMost: 1_000_000))
    default: try node.scalar()
    }
  }
}
