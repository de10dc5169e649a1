import Randomness
import Testing

@Suite struct RandomStreamTests {
  let root = RandomStream(seed: 2017)

  @Test func equalPathsAreEqualStreams() {
    #expect(root.child("tasks", 1, 2) == RandomStream(seed: 2017).child("tasks", 1, 2))
    var first = root.child("tasks", 1, 2).generator()
    var second = root.child("tasks", 1, 2).generator()
    for _ in 0..<100 { #expect(first.nextUInt64() == second.nextUInt64()) }
  }

  @Test func everyPartOfThePathCounts() {
    let paths = [
      root, RandomStream(seed: 2018), root.child(""), root.child("", 0), root.child("", 0, 0),
      root.child("a"), root.child("a", 1), root.child("a", -1), root.child("a").child("", 1),
      root.child("a", 1, 2), root.child("a", 2, 1), root.child("a", 1).child("", 2),
      root.child("ab"), root.child("a").child("b"), root.child("a\0"), root.child("abcdefgh"),
      root.child("abcdefgh\0"), root.child("abcdefghi"),
    ]
    #expect(Set(paths).count == paths.count)
  }

  @Test func neighbouringStreamsShareNoNumbers() {
    var seen: Set<UInt64> = []
    for index in 0..<1000 {
      var random = root.child("episode", index).generator()
      for _ in 0..<10 { seen.insert(random.nextUInt64()) }
    }
    #expect(seen.count == 10_000)
  }

  @Test func pathsHaveTheirGoldenNumbers() {
    var random = root.child("tasks/test", 5, 1, 15).child("episode", 41).generator()
    #expect(random.nextUInt64() == 13027853656566865958)
    random = root.child("weights").generator()
    #expect(random.nextUInt64() == 6535274054352421226)
  }
}
