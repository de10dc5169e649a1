import FewShotCells
import Suites
import Testing

/// How many queries are normalized together is part of what a cell is, where it matters.
@Suite struct QueryProtocolTests {
  private func cells(
    algorithm: String = "maml", query: Int = 6, test: String = "", override: String = "", claims: String = ""
  ) throws -> Suite {
    try suite(
      """
      suite: groups
      version: 1
      seed: 1
      grid: { algorithm: [\(algorithm)], dataset: omniglot, way: 5, shot: 2 }
      protocol:
        train: { iterations: 10, metaBatch: 4, query: 5 }
        test: { episodes: 100, query: \(query)\(test) }
      override: [ { when: { way: 5 }, set: { iterations: 20\(override) } } ]
      \(claims)
      """)
  }

  @Test func allAtOnceIsTheDefaultAndLeavesIdentitiesAlone() throws {
    let plain = try cells().cells[0]
    #expect(plain.queriesNormalizedPerClass == 6)
    #expect(!plain.configuration.contains("normalizeQueries"))
    #expect(try cells(test: ", normalizeQueries: all").cells[0].id == plain.id)
    let shots = try cells(test: ", normalizeQueries: way x shot").cells[0]
    #expect(shots.queriesNormalizedPerClass == 2)
    #expect(shots.configuration.contains(#""test":{"batchNorm":"query-batch","episodes":100,"normalizeQueries":"way x shot","query":6}"#))
    #expect(try cells(override: ", normalizeQueries: way x 3").cells[0].queriesNormalizedPerClass == 3)
  }

  /// 30 queries are all there are: the same cell under another name.
  @Test func oneGroupIsAllAtOnce() throws {
    #expect(try cells(test: ", normalizeQueries: way x 6").cells == cells().cells)
    let error = try #require(throws: SuiteError.self) {
      try cells(algorithm: "{ name: maml, normalizeQueries: [all, way x 6] }")
    }
    #expect("\(error)".contains("twice") || "\(error)".contains("same"), "\(error)")
  }

  @Test func whereQueriesAreNotNormalizedTogetherItChangesNothing() throws {
    for (algorithm, test) in [
      ("maml", ", batchNorm: running"), ("maml", ", batchNorm: support-only"),
      ("{ name: nearest-neighbor, features: pixels }", ""),
    ] {
      let plain = try cells(algorithm: algorithm, test: test).cells[0]
      let grouped = try cells(algorithm: algorithm, test: test + ", normalizeQueries: way x shot").cells[0]
      #expect(plain.queriesNormalizedPerClass == nil)
      #expect(plain.id == grouped.id)
    }
  }

  @Test func theGridCanSetProtocolsSideBySide() throws {
    let both = try cells(algorithm: "maml, { name: maml, normalizeQueries: way x shot }").cells
    #expect(both.map(\.label) == ["maml", "maml (queries way x shot)"])
    #expect(both[1].id.hasPrefix("maml-queries-way-x-shot-omniglot-5way-2shot-r0-"))
    #expect(both[1].configuration == (try cells(test: ", normalizeQueries: way x shot").cells[0].configuration))
    let error = try #require(throws: SuiteError.self) {
      try cells(
        algorithm: "{ name: maml, normalizeQueries: way x shot }", override: ", normalizeQueries: all")
    }
    #expect("\(error)".contains("the grid fixes 'normalizeQueries'"), "\(error)")
  }

  @Test(arguments: [
    (", normalizeQueries: way x 4", "an episode has 6, which are no such groups"),
    (", normalizeQueries: way x 12", "an episode has 6, which are no such groups"),
    (", normalizeQueries: shots", "must be 'all', 'way x shot' or"),
  ])
  func mistakesAreNamed(_ test: String, _ says: String) throws {
    let error = try #require(throws: SuiteError.self) { try cells(test: test) }
    #expect("\(error)".contains(says), "\(error)")
  }

  @Test func aGroupingThatMeansNothingInTheGridIsAnError() throws {
    let error = try #require(throws: SuiteError.self) {
      try cells(
        algorithm: "{ name: nearest-neighbor, features: pixels, normalizeQueries: way x shot }")
    }
    #expect("\(error)".contains("queries are not normalized by their own statistics"), "\(error)")
  }

  /// As many queries as shots is one protocol, whatever the shots.
  @Test func claimsCompareShotsUnderOneProtocol() throws {
    let suite = try suite(
      """
      suite: shots
      version: 1
      seed: 1
      grid: { algorithm: maml, dataset: omniglot, way: 5, shot: [1, 5] }
      protocol:
        train: { iterations: 10, metaBatch: 4, query: 5 }
        test: { episodes: 100, query: 15, normalizeQueries: way x shot }
      claims:
        - { id: C, says: s, left: { algorithm: maml, shot: 5 }, minus: { algorithm: maml, shot: 1 }, atLeast: 0 }
        - { id: D, says: s, left: { algorithm: maml }, from: { shot: 1 }, to: { shot: 5 }, atLeast: 0 }
      """)
    for claim in suite.claims { #expect(claim.comparisons(among: suite.cells).count == 1, "\(claim.id)") }
  }

  /// Two systems are compared where both are tested alike.
  @Test func claimsCompareEqualGroups() throws {
    let grid = "maml, { name: maml, normalizeQueries: way x 1 }, { name: protonet, batchNorm: query-batch },"
      + " { name: protonet, normalizeQueries: way x 1 }, { name: nearest-neighbor, features: pixels }"
    func pairs(_ minus: String) throws -> [[String]] {
      let suite = try cells(
        algorithm: grid,
        claims: "claims: [ { id: C, says: s, left: { algorithm: maml }, minus: \(minus), atLeast: 0 } ]")
      return suite.claims[0].comparisons(among: suite.cells).map { $0.cells.map(\.label) }
    }
    #expect(
      try pairs("{ algorithm: protonet }") == [
        ["maml", "protonet"],
        ["maml (queries way x 1)", "protonet (queries way x 1)"],
      ])
    #expect(try pairs("{ algorithm: nearest-neighbor }").count == 2)
  }
}
