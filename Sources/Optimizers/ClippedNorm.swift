import Tensors

/// A gradient scaled down, if necessary, so that its Euclidean norm over all tensors is at most `largest`.
///
/// - Parameter largest: 0 for no limit.
public func clipped(_ gradient: [Tensor], toNorm largest: Double) -> [Tensor] {
  guard largest > 0 else { return gradient }
  let square = gradient.reduce(0.0) { sum, g in
    sum + g.withElements { $0.reduce(0.0) { $0 + Double($1) * Double($1) } }
  }
  let norm = square.squareRoot()
  return norm > largest ? gradient.map { $0 * Float(largest / norm) } : gradient
}
