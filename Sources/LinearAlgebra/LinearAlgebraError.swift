/// Why something was not computed.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
  /// OpenBLAS is not installed; the sentence says how to get it.
  case unavailable(String)
  /// A number is infinite or not a number.
  case notFinite(operation: String)
  /// The leading part of a matrix of that order is not positive definite.
  case notPositiveDefinite(order: Int)
  /// A triangular matrix has a zero on its diagonal, at that place, counted from 0.
  case singular(place: Int)
  /// The iterations of an algorithm came to no end.
  case notConverged(operation: String)
  /// There is too little memory.
  case outOfMemory(operation: String)

  /// A sentence: what, and how to mend it.
  public var description: String {
    switch self {
    case .unavailable(let sentence): sentence
    case .notFinite(let operation):
      "the \(operation) of a matrix with infinite or undefined numbers does not exist. Look for what"
        + " made them."
    case .notPositiveDefinite(let order):
      "the matrix is not positive definite: its leading \(order) x \(order) part is not. Add a"
        + " multiple of the identity."
    case .singular(let place):
      "the triangular matrix is singular: element \(place) of its diagonal is zero."
    case .notConverged(let operation):
      "the \(operation) did not converge. Scale the matrix, or look for numbers of very unlike sizes."
    case .outOfMemory(let operation): "there is too little memory for the \(operation)."
    }
  }
}
