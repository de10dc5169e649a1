import Tensors

/// A gradient whose Euclidean norm, over all of its tensors, is at most `largest`: as it is, or scaled down.
///
/// - Parameter largest: 0 for any norm.
public func clipped(_ gradient: [Tensor], toNorm largest: Double) -> [Tensor] {
  guard largest > 0 else { return gradient }
  let square = gradient.reduce(0.0) { sum, g in
    sum + g.withElements { $0.reduce(0.0) { $0 + Double($1) * Double($1) } }
  }
  let norm = square.squareRoot()
  return norm > largest ? gradient.map { $0 * Float(largest / norm) } : gradient
}
