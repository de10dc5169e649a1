import Episodes
import Testing

/// Which queries are normalized together.
struct QueryGroupingTests {
  private let shape = EpisodeShape(way: 3, shot: 2, query: 4)

  @Test func textsAreReadBack() {
    for grouping in [QueryGrouping.all, .asSupport, .perClass(1), .perClass(15)] {
      #expect(QueryGrouping(text: grouping.text) == grouping)
    }
    for text in ["", "none", "way x", "way x 0", "way x -1", "way x 99999999999", "way x shot "] {
      #expect(QueryGrouping(text: text) == nil, "\(text)")
    }
  }

  /// Queries are ordered by class: 0...3 are of class 0.
  @Test func everyGroupHasEqualNumbersOfEachClass() {
    #expect(QueryGrouping.all.groups(of: shape) == [Array(0..<12)])
    #expect(QueryGrouping.asSupport.groups(of: shape) == [[0, 1, 4, 5, 8, 9], [2, 3, 6, 7, 10, 11]])
    #expect(QueryGrouping.perClass(1).groups(of: shape) == [[0, 4, 8], [1, 5, 9], [2, 6, 10], [3, 7, 11]])
  }
}
