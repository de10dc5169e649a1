import Kinds
import Randomness
import Tensors

/// Pixels as they are: the nearest drawing is the most alike. A control, which cannot verify.
package struct NearestDrawing: TrialLearner, EmptyArchives {
  package init() {}

  package var isTrained: Bool { false }
  package var verifies: Bool { false }
  package func begin(from weights: RandomStream) -> Nothing { Nothing() }
  package func train(
    _ learned: inout Nothing, on pairs: DrawingPairs, iteration: Int, noise: RandomStream
  ) -> Double { 0 }

  package func features(of drawings: Tensor, by learned: Nothing) -> Tensor { drawings.flattened() }

  /// Minus the squared Euclidean distance.
  package func likeness(_ first: Tensor, _ second: Tensor, by learned: Nothing) -> [Float] {
    (first - second).squared().summed(to: [first.shape[0], 1]).elements.map { -$0 }
  }

  package static let description = SystemDescription<AlphabetTrials>(
    "nearest-neighbor", summary: "the nearest drawing in pixels", reference: "a control; Koch 2015, table 2",
    settings: [], variesBy: .nothing
  ) { _, _ in NearestDrawing() }
}
