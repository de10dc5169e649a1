import FewShotCells
import Judgements
import Results
import Suites
import Testing

/// Which results count as those of a suite.
struct CountedResultsTests {
  private func suite(seed: Int) throws -> Suite {
    try Suite(
      yaml: """
        suite: sample
        version: 1
        seed: \(seed)
        grid:
          algorithm: { name: nearest-neighbor, features: pixels }
          dataset: gaussians
          way: 2
          shot: [1, 5]
          repeat: 2
        protocol:
          train: { iterations: 10, metaBatch: 2, query: 2 }
          test: { episodes: 30, query: 2 }
        """, file: "sample.yaml")
  }

  private func records(of suite: Suite, score: Double) -> [CellRecord] {
    suite.cells.map { record(of: $0, [score, score]) }
  }

  @Test func resultsOfAnotherSeedAreLeftOver() throws {
    let (now, before) = (try suite(seed: 2), try suite(seed: 1))
    let (new, old) = (records(of: now, score: 0.5), records(of: before, score: 0.9))
    let results = CountedResults(old + new, of: now)
    #expect(results.records.map(\.cell) == now.cells.map(\.id))
    #expect(results.leftOver == before.cells.map(\.id).sorted())
    #expect(results.digest == CountedResults(new, of: now).digest)
    #expect(results.digest == SuiteDigest(new))
    // What is missing now is missing, whatever was there before.
    let families = CellFamily.all(of: now, records: old + new.dropFirst())
    #expect(families.map(\.done.count) == [1, 2])
    #expect(families[0].others == ["missing"])
  }

  @Test func aResultOfAnotherConfigurationUnderACellsNameIsLeftOver() throws {
    let suite = try suite(seed: 1)
    var all = records(of: suite, score: 0.5)
    all[0].configuration = all[0].configuration.replacing("\"way\":2", with: "\"way\":3")
    let results = CountedResults(all, of: suite)
    #expect(results.leftOver == [suite.cells[0].id])
    #expect(CellFamily.all(of: suite, records: all)[0].done.count == 1)
  }

  @Test func dataThatDiffersBetweenResultsIsSaid() throws {
    let suite = try suite(seed: 1)
    var all = records(of: suite, score: 0.5)
    for index in all.indices {
      var provenance = try #require(Provenance(json: all[index].provenance))
      let name = "\(all[index].dataset)/\(all[index].split)/test"
      provenance.data = [name: index == 0 ? "aaaa" : "bbbb", "other/split/test": "\(index)"]
      all[index].provenance = provenance.json
    }
    let notes = CountedResults(all, of: suite).notes
    #expect(notes.count == 1)
    #expect(notes[0].contains("made with different data"))
    #expect(notes[0].contains("3 with bbbb, 1 with aaaa"))
    #expect(CountedResults(Array(all.dropFirst()), of: suite).notes == [])
  }
}
