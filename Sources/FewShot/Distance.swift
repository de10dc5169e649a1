import Kinds
import Tensors

/// The similarity of two embeddings.
enum Distance: String, SettingChoice {
  /// Minus the squared Euclidean distance.
  case euclidean
  /// The cosine of the angle between them.
  case cosine

  /// How alike every row of `q` and every row of `c` are: `[rows of q, rows of c]`.
  func likeness(_ q: Tensor, _ c: Tensor) -> Tensor {
    switch self {
    case .euclidean: negativeSquaredDistances(q, c)
    case .cosine: q.withUnitRows().product(c.withUnitRows(), transposingOther: true)
    }
  }
}

/// −‖qᵢ − cₖ‖² for every query and class: `[queries, way]`.
public func negativeSquaredDistances(_ q: Tensor, _ c: Tensor) -> Tensor {
  let queryNorms = q.squared().summed(to: [q.shape[0], 1])
  let classNorms = c.squared().summed(to: [c.shape[0], 1]).reshaped([1, c.shape[0]])
  return q.product(c, transposingOther: true) * 2 - queryNorms - classNorms
}
