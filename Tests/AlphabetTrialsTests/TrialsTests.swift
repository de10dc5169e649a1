import AlphabetTrials
import Episodes
import Foundation
import Kinds
import Measures
import Randomness
import Tensors
import Testing

/// Runs, pairs, and what a test makes of them.
struct TrialsTests {
  private static let source = try! Datasets.open(
    "strokes", split: "standard", part: .test, data: URL(fileURLWithPath: "/nonexistent")) as! any AlphabetSource

  private func stream(_ index: Int) -> RandomStream { RandomStream(seed: 9).child("stream", index) }

  @Test func aRunIsOfOneAlphabetAndTwoDrawers() {
    #expect(Self.source.alphabets == Array(repeating: 25, count: 16))
    for index in 0..<50 {
      let run = Self.source.run(of: 3, way: 20, from: stream(index))
      #expect(Set(run.characters).count == 20 && run.supportDrawer != run.queryDrawer)
      #expect(run.support.map(\.character) == run.queries.map(\.character))
      #expect((run.support + run.queries).allSatisfy { $0.alphabet == 3 })
      #expect(run == Self.source.run(of: 3, way: 20, from: stream(index)))
    }
  }

  @Test func pairsAreOfOneAlphabetAndTwoDrawers() {
    let pairs = Self.source.pairs(4000, from: stream(0))
    #expect(pairs.same.count { $0 } == 2000)
    for ((a, b), same) in zip(zip(pairs.first, pairs.second), pairs.same) {
      #expect(a.alphabet == b.alphabet && a.drawer != b.drawer && (a.character == b.character) == same)
    }
    // Every alphabet equally often.
    for alphabet in 0..<16 {
      #expect(abs(pairs.first.count { $0.alphabet == alphabet } - 250) < 60)
    }
    #expect(Self.source.pairs(10, of: 7, from: stream(1)).first.allSatisfy { $0.alphabet == 7 })
  }

  /// The nearest drawing in pixels, counted by hand in every run of a unit.
  @Test func theScoreIsTheShareOfQueriesNearestToTheirCharacter() throws {
    let run = try plan(NearestDrawing.description).run(in: context) as any CellRun
    func check(_ run: some CellRun) throws {
      let learned = run.begin()
      var state = try run.begin(unit: 2, of: .test, with: learned)
      let outcome = try #require(try run.advance(&state, with: learned))
      var right = 0
      for index in 0..<3 {
        let trial = Self.source.run(of: 2, way: 5, from: unit(2).child("run", index))
        let (support, queries) = (pixels(trial.support), pixels(trial.queries))
        for (label, query) in queries.enumerated() {
          let distances = support.map { zip($0, query).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
          if distances.firstIndex(of: distances.min()!) == label { right += 1 }
        }
      }
      #expect(outcome.rows.map(\.metric.name) == ["accuracy"])
      #expect(abs(outcome.score - Double(right) / 15) < 1e-12)
      #expect(outcome.digest == (try run.digest(ofUnit: 2, of: .test)))
    }
    try check(run)
  }

  /// Units are the same for every system, and unit 17 is of the same alphabet as unit 1, but not the same.
  @Test func unitsDependOnNoSystem() throws {
    func digests(_ run: some CellRun) throws -> [UInt64] {
      try [1, 2, 17].map { try run.digest(ofUnit: $0, of: .test) }
    }
    let one = try digests(plan(NearestDrawing.description).run(in: context))
    let other = try digests(plan(Siamese.description).run(in: context))
    #expect(one == other && Set(one).count == 3)
  }

  @Test func whatCannotBeIsRefusedWithTheWayOut() throws {
    #expect(throws: PlanError.self) { try plan(Siamese.description, way: 26) }
    #expect(throws: PlanError.self) { try plan(Siamese.description, alphabets: 17) }
    let error = #expect(throws: PlanError.self) {
      try plan(NearestDrawing.description, on: "omniglot", split: "vinyals")
    }
    #expect(
      error?.fault
        == .impossible("split 'vinyals' of omniglot has no alphabets. Choose one of: alphabets, koch."))
  }

  /// Verification where a system can, and runs drawn here beside the official ones.
  @Test func whatATestTellsIsKnownBefore() throws {
    func names(_ plan: CellPlan) -> [String] { plan.metrics.map(\.name) }
    #expect(names(try plan(Siamese.description)) == ["accuracy", "verification-accuracy"])
    let official = try plan(
      Siamese.description, on: "omniglot", split: "koch", way: 20, alphabets: 10, trials: "official")
    #expect(names(official) == ["accuracy", "drawn-accuracy", "verification-accuracy"])
    #expect(official.kind.answers == 40)
    let error = #expect(throws: PlanError.self) {
      try plan(NearestDrawing.description, on: "omniglot", split: "koch", way: 5, alphabets: 10, trials: "official")
    }
    #expect(
      error?.fault
        == .impossible("the official runs have 20 characters, not 5. Set 'trials: drawn', or 'way: 20'."))
    #expect(throws: PlanError.self) { try plan(Siamese.description, trials: "official") }
  }

  // MARK: Cells

  private func pixels(_ places: [DrawingPlace]) -> [[Double]] {
    let all = Self.source.drawings(at: places).elements.map(Double.init)
    let size = all.count / places.count
    return places.indices.map { Array(all[$0 * size..<($0 + 1) * size]) }
  }

  private func unit(_ index: Int) -> RandomStream { RandomStream(seed: 1).child("test", index) }

  private var context: RunContext {
    let root = RandomStream(seed: 1)
    return RunContext(
      source: { _ in Self.source }, unit: { root.child($1.rawValue, $0) },
      unitNoise: { root.child("noise of \($1.rawValue)", $0) }, weights: root.child("weights"),
      order: root.child("order"), noise: root.child("noise"))
  }

  private func plan(
    _ system: SystemDescription<AlphabetTrials>, on dataset: String = "strokes", split: String = "standard",
    way: Int = 5, alphabets: Int = 4, trials: String = "drawn"
  ) throws -> CellPlan {
    let kind = RegisteredKind(AlphabetTrials.self, systems: [system])
    let dataset = Datasets.named(dataset)!
    var axes = Settings(kind.description.axes(dataset))
    axes.set("way", to: .integer(way))
    var testing = Settings(kind.description.testing)
    testing.set("alphabets", to: .integer(alphabets))
    testing.set("runs", to: .integer(3))
    testing.set("trials", to: .text(trials))
    return try kind.systems[0].plan(
      CellValues(
        system: system.name, dataset: dataset, split: dataset.split(named: split)!, axes: axes,
        training: Settings(kind.description.training), testing: testing,
        settings: Settings(kind.systems[0].settings(dataset)!), given: []))
  }
}
