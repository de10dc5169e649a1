import FewShot
import Episodes
import Testing
import Tensors

/// Queries that are passed in groups are scored as if each group were an episode's query set of its own.
struct QueryGroupsTests {
  /// Labels a query with the class 0 if it is above the mean of those that are passed with it, else 1.
  private struct AboveMean: Predictor {
    func predictions(for inputs: Tensor) -> [Tensor] {
      let values = inputs.elements
      let mean = values.reduce(0, +) / Float(values.count)
      let logits = values.flatMap { $0 > mean ? [1, 0] : [0, 1] as [Float] }
      return [Tensor(repeating: 0, [values.count, 2]), Tensor([values.count, 2], logits)]
    }
  }

  private let shape = EpisodeShape(way: 2, shot: 1, query: 2)
  /// Class 0 first: above its neighbour in both pairs, but not above the mean of all.
  private let queries = Examples(
    inputs: Tensor([4, 1], [9, 2, 8, 1]), targets: .classes([0, 0, 1, 1], of: 2))

  @Test func groupsAreNormalizedOnTheirOwn() {
    #expect(AboveMean().scores(on: queries, of: shape, by: .all) == [0.5, 0.5])
    #expect(AboveMean().scores(on: queries, of: shape, by: .perClass(2)) == [0.5, 0.5])
    #expect(AboveMean().scores(on: queries, of: shape, by: .asSupport) == [0.5, 1])
  }
}
