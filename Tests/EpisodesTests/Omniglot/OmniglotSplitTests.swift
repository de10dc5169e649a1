import Episodes
import Randomness
import Testing

@Suite struct OmniglotSplitTests {
  @Test(arguments: [
    (OmniglotSplit.vinyals, [1028, 172, 423]), (.vinyalsTrainval, [1200, 172, 423]),
    (.cs330, [1100, 100, 423]), (.upright, [1100, 100, 423]),
  ])
  func partsHaveTheirPublishedSizes(_ split: OmniglotSplit, _ sizes: [Int]) throws {
    #expect(Part.allCases.map { split.characters(of: $0).count } == sizes)
    let description = try #require(Datasets.named("omniglot")?.split(named: split.rawValue))
    #expect(Part.allCases.map { description.classes[$0]! } == sizes.map { split.rotations * $0 })
    #expect(description.examplesPerClass == 20)
  }

  @Test(arguments: OmniglotSplit.allCases)
  func testCharactersAreInNoOtherPart(_ split: OmniglotSplit) {
    let parts = Part.allCases.map { Set(split.characters(of: $0)) }
    #expect(parts[2].isDisjoint(with: parts[0].union(parts[1])))
    if split == .vinyalsTrainval {
      #expect(parts[1].isSubset(of: parts[0]))
    } else {
      #expect(parts[0].isDisjoint(with: parts[1]))
      #expect(parts.map(\.count).reduce(0, +) == 1623)
    }
    let all = Set(OmniglotCatalogue.complete.characters.map(\.name))
    #expect(all.count == 1623 && parts.allSatisfy { $0.isSubset(of: all) })
  }

  @Test func theListsOfCS330AreASeededPermutationOfAllCharacters() {
    let all = OmniglotCatalogue.complete.characters.map(\.name)
    #expect(all == all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    var random = RandomStream(seed: 330).child("omniglot/cs330").generator()
    let order = random.permutation(of: all.count).map { all[$0] }
    #expect(Part.allCases.flatMap { OmniglotSplit.cs330.characters(of: $0) } == order)
  }

  /// Alphabets and drawers of Koch's division, and the runs that Lake et al. published.
  @Test func kochsTestAlphabetsAreThoseOfTheOfficialRuns() throws {
    let split = try #require(Datasets.named("omniglot")?.split(named: "koch"))
    #expect(Part.allCases.map { split.alphabets[$0]!.count } == [30, 10, 10])
    #expect(Part.allCases.map { OmniglotAlphabets.Division.koch.drawers(of: $0).count } == [12, 4, 4])
    #expect(split.examplesPerClass == 4)
    let runs = split.officialRuns
    #expect(runs.count == 20 && runs.map(\.alphabet) == (0..<20).map { $0 / 2 })
    for run in runs {
      #expect(run.characters.count == 20 && Set(run.characters).count == 20)
      #expect(run.characters.allSatisfy { (0..<split.alphabets[.test]![run.alphabet]).contains($0) })
      #expect(run.supportDrawer != run.queryDrawer)
    }
  }

  @Test func listsHaveTheirGoldenDigests() {
    let digests = Datasets.named("omniglot")!.splits.map { $0.digest.prefix(8) }
    #expect(digests == ["1285930d", "628d6251", "2bfc189d", "17106cc3", "be2d4843", "90af5f45"])
  }
}
