import Networks
import Tensors

/// How alike the layers of a network answer the same examples before and after adaptation: near 1 where
/// features are reused, lower where they change (Raghu et al. 2020, section 3.2), by linear CKA
/// (Kornblith et al. 2019, section 3):
///
///     CKA(X, Y) = ⟨K, L⟩ / (‖K‖ ‖L‖),   K = X Xᵀ and L = Y Yᵀ, their rows and columns centered
package struct LayerSimilarity: Sendable {
  /// The mean over the convolutional blocks, and that of the outputs.
  package static let names = ["body-similarity", "head-similarity"]

  /// The output of each block, from the first, and the final output.
  private let layers: [ConvNet]

  /// Nil for a network that has no blocks.
  init?(of network: any Network) {
    guard let network = network as? ConvNet else { return nil }
    layers = (1...network.blocks).map { network.embedding(blocks: $0) } + [network]
  }

  /// - Parameter queries: Images `[examples, height, width, channels]`.
  func diagnostics(of adapted: AdaptedNetwork, on queries: Tensor) -> [Diagnostic] {
    let similarities = layers.map { layer in
      let answers = [adapted.stages.first!, adapted.stages.last!].map { stage in
        layer(
          Array(stage.parameters.prefix(layer.parameters.count)), queries,
          normalization: adapted.queryNormalization(at: stage)
        ).output
      }
      return Self.linearCKA(answers[0], answers[1])
    }
    let body = similarities.dropLast()
    return zip(Self.names, [body.reduce(0, +) / Double(body.count), similarities.last!]).map {
      Diagnostic(name: $0, values: [$1])
    }
  }

  /// In 0...1; 1 where both answers are alike up to a rotation and a scale.
  ///
  /// - Parameters:
  ///   - x: `[examples, features]`
  ///   - y: `[examples, other features]`
  package static func linearCKA(_ x: Tensor, _ y: Tensor) -> Double {
    let (K, L) = (centeredGram(x), centeredGram(y))
    func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    return inner(K, L) / (inner(K, K) * inner(L, L)).squareRoot()
  }

  /// The products of all pairs of rows, once the mean of all rows is taken off each.
  private static func centeredGram(_ x: Tensor) -> [Double] {
    let rows = x - x.mean(along: 0)
    return rows.product(rows, transposingOther: true).elements.map(Double.init)
  }
}
