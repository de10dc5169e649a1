import Episodes
import Measures

/// Turns the tree of a paper's table into a ``PaperTable``.
struct PaperTableParser {
  let root: SuiteNode

  func table() throws -> PaperTable {
    let top = try root.section()
    try top.allow(["table", "title", "parts"])
    let name = try top.required("table", example: "table: maml-table1").name()
    return PaperTable(
      name: name, title: try top["title"]?.text() ?? name,
      parts: try top.required("parts", example: "parts: [{ title: Omniglot, columns: [...], rows: [...] }]")
        .nonEmptyValues().map(part))
  }

  private func part(_ node: SuiteNode) throws -> PaperTable.Part {
    let section = try node.section()
    try section.allow(["title", "notes", "columns", "rows"])
    return PaperTable.Part(
      title: try section.required("title", example: "title: Omniglot").text(),
      notes: try section["notes"]?.values().map { try $0.text() } ?? [],
      columns: try section.required("columns", example: "columns: [{ heading: 5-way 1-shot, where: { way: 5, shot: 1 } }]")
        .nonEmptyValues().map(column),
      rows: try section.required("rows", example: "rows: [{ name: MAML, suites: omniglot-5way, where: { algorithm: maml } }]")
        .nonEmptyValues().map(row))
  }

  private func column(_ node: SuiteNode) throws -> PaperTable.Column {
    let section = try node.section()
    try section.allow(["heading", "where", "outcome", "at", "stage"])
    let stages = [Part.test, .validation]
    return PaperTable.Column(
      heading: try section.required("heading", example: "heading: 5-way 1-shot").text(),
      cells: try selection(section["where"]),
      measure: Measure(
        outcome: try section["outcome"]?.text(),
        at: Dictionary(
          uniqueKeysWithValues: try section["at"]?.section().entries.map { ($0.key, try $0.value.number()) } ?? [])),
      stage: try section["stage"].map { node in
        .init(rawValue: try node.name(of: "stage", among: stages.map(\.rawValue)))!
      } ?? .test)
  }

  private func row(_ node: SuiteNode) throws -> PaperTable.Row {
    let section = try node.section()
    try section.allow(["name", "suites", "where", "note"])
    return PaperTable.Row(
      name: try section.required("name", example: "name: MAML").text(),
      suites: try section.required("suites", example: "suites: [omniglot-table1, omniglot-5way]")
        .nonEmptyValues().map { try $0.text() },
      cells: try selection(section["where"]), note: try section["note"]?.text(), place: section.place)
  }

  /// Conditions on cells, whatever their kind.
  private func selection(_ node: SuiteNode?) throws -> Selection {
    Selection(
      try node?.section().entries.map { entry in
        Selection.Condition(key: entry.key, values: try entry.value.nonEmptyValues().map { try $0.scalar() })
      } ?? [])
  }
}
