import Episodes
import Measures
import Suites
import Testing

/// What a paper's table may say, and how it is told what is wrong.
struct PaperTableTests {
  private static func table(
    _ part: String = "title: T, columns: [{ heading: a }], rows: [{ name: r, suites: sine }]"
  ) throws -> PaperTable {
    try PaperTable(yaml: "table: t\nparts:\n  - { \(part) }\n", file: "t.yaml")
  }

  @Test func allOfItIsRead() throws {
    let table = try Self.table(
      """
      title: T, notes: [one, two], columns: [{ heading: a, where: { way: [5, 20] }, at: { steps: 3 }, stage: validation }], \
      rows: [{ name: r, suites: [x, y], where: { algorithm: maml }, note: n }]
      """)
    #expect(table.name == "t" && table.title == "t")
    let part = table.parts[0]
    #expect(part.title == "T" && part.notes == ["one", "two"])
    #expect(part.columns[0].heading == "a" && part.columns[0].stage == .validation)
    #expect(part.columns[0].measure == Measure(at: ["steps": 3]))
    #expect(part.columns[0].cells.conditions == [.init(key: "way", values: [.integer(5), .integer(20)])])
    #expect(part.rows[0].name == "r" && part.rows[0].suites == ["x", "y"] && part.rows[0].note == "n")
    #expect(part.rows[0].cells.conditions == [.init(key: "algorithm", values: [.text("maml")])])
    let plain = try Self.table().parts[0].columns[0]
    #expect(plain.stage == .test && plain.measure == .standard && plain.cells == Selection())
  }

  @Test(arguments: [
    ("title: T, columns: [{ heading: a }]", "rows"),
    ("title: T, rows: [{ name: r, suites: s }]", "columns"),
    ("title: T, columns: [{ where: { way: 5 } }], rows: [{ name: r, suites: s }]", "heading"),
    ("title: T, columns: [{ heading: a, stage: train }], rows: [{ name: r, suites: s }]", "stage"),
    ("title: T, columns: [{ heading: a, wher: {} }], rows: [{ name: r, suites: s }]", "Did you mean 'where'?"),
    ("title: T, columns: [{ heading: a }], rows: [{ name: r }]", "suites"),
    ("title: T, columns: [], rows: [{ name: r, suites: s }]", "columns"),
  ])
  func whatIsWrongIsToldWithItsPlace(_ part: String, _ words: String) throws {
    let error = try #require(throws: SuiteError.self) { try Self.table(part) }
    #expect("\(error)".contains(words) && "\(error)".hasPrefix("t.yaml:"), "\(error)")
  }

  /// Every suite that a shipped table names is shipped, and every row is of cells that it has.
  @Test(arguments: PaperTable.shippedNames)
  func shippedTablesNameShippedSuites(_ name: String) throws {
    let table = try #require(try PaperTable.shipped(named: name))
    #expect(table.name == name)
    for part in table.parts {
      for row in part.rows {
        for suite in row.suites {
          let cells = try #require(try ShippedSuites.suite(named: suite), "\(suite)").cells
          #expect(cells.contains(where: row.cells.contains), "\(name): \(row.name) of \(suite)")
        }
      }
    }
  }
}
