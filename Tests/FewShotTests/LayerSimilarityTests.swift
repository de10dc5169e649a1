import Episodes
import FewShot
import Foundation
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

struct LayerSimilarityTests {
  private func matrix(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Tensor {
    var random = RandomStream(seed: seed).generator()
    return Tensor([rows, columns], (0..<rows * columns).map { _ in Float(random.normal()) })
  }

  @Test func turningAndScalingFeaturesChangesNothing() {
    let x = matrix(20, 2, 1)
    let (c, s) = (Float(0.6), Float(0.8))
    let turned = x.product(Tensor([2, 2], [c, s, -s, c])) * 3 + 5
    #expect(abs(LayerSimilarity.linearCKA(x, turned) - 1) < 1e-6)
    #expect(LayerSimilarity.linearCKA(x, matrix(20, 2, 2)) < 0.5)
  }

  /// ‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖) with centered columns, in scalars.
  @Test func itIsTheRatioOfKornblithAndOthers() {
    let (n, p, q) = (7, 3, 4)
    func centered(_ t: Tensor, _ columns: Int) -> [[Double]] {
      let rows = (0..<n).map { r in (0..<columns).map { Double(t.elements[r * columns + $0]) } }
      let means = (0..<columns).map { c in rows.reduce(0) { $0 + $1[c] } / Double(n) }
      return rows.map { row in (0..<columns).map { row[$0] - means[$0] } }
    }
    func squared(_ a: [[Double]], _ b: [[Double]]) -> Double {
      var sum = 0.0
      for i in a[0].indices {
        for j in b[0].indices {
          let entry = (0..<n).reduce(0) { $0 + a[$1][i] * b[$1][j] }
          sum += entry * entry
        }
      }
      return sum
    }
    let (x, y) = (matrix(n, p, 3), matrix(n, q, 4))
    let (X, Y) = (centered(x, p), centered(y, q))
    let expected = squared(X, Y) / (squared(X, X) * squared(Y, Y)).squareRoot()
    #expect(abs(LayerSimilarity.linearCKA(x, y) - expected) < 1e-6)
  }

  @Test(arguments: BatchNormPolicy.allCases)
  func whatAdaptationLeavesAloneIsSimilar(_ policy: BatchNormPolicy) throws {
    let source = try Datasets.episodes(
      "strokes", split: "standard", part: .train, data: URL(filePath: "/nonexistent"))
    let description = try #require(AlgorithmRegistry.named("maml"))
    let shape = EpisodeShape(way: 3, shot: 2, query: 5)
    let episode = source.episode(shape, from: RandomStream(seed: 1))
    func similarity(_ changes: [String: SettingValue]) throws -> [Double] {
      var settings = Settings(description.settings(isRegression: false))
      settings.set("similarity", to: .flag(true))
      settings.set("filters", to: .integer(6))
      for (name, value) in changes { settings.set(name, to: value) }
      let learner = try description.learner(
        settings,
        for: Problem(
          inputKind: source.inputKind, training: shape, metaBatch: 2, iterations: 1,
          trainingClasses: source.classCount, batchNorm: policy))
      let adapted = learner.adapted(
        learner.initialState(from: RandomStream(seed: 2)), to: episode.support, noise: RandomStream(seed: 3))
      let diagnostics = adapted.diagnostics(on: episode.query.inputs).suffix(2)
      #expect(diagnostics.map(\.name) == LayerSimilarity.names)
      return diagnostics.flatMap(\.values)
    }
    for value in try similarity(["innerRate": .number(0)]) { #expect(abs(value - 1) < 1e-6) }
    let head = try similarity(["freeze": .integer(4), "innerRate": .number(10)])
    #expect(abs(head[0] - 1) < 1e-6 && head[1] < 1 - 1e-5)
    let all = try similarity([:])
    #expect(all[0] < 0.9999 && all[1] < 0.999)
    #expect(throws: AlgorithmError.self) { try similarity(["network": .text("no-conv")]) }
  }
}
