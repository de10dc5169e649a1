import Tensors

/// Named numbers about how a learner adapted to one support set: kept with the results, and what a
/// suite's claims may speak of besides scores.
public struct Diagnostic: Hashable, Sendable {
  /// What claims call it; the same for every episode of a cell.
  public let name: String
  /// As many for every episode of a cell: one for each number of adaptation steps, from none on.
  public let values: [Double]

  /// A diagnostic from its parts.
  public init(name: String, values: [Double]) {
    self.name = name
    self.values = values
  }

  /// The accuracy on the support set itself.
  static let supportAccuracy = "support-accuracy"
  /// The mean squared error on the support set itself.
  static let supportLoss = "support-loss"
  /// What every adapted network tells: one of the two.
  public static let ofSupport = [supportAccuracy, supportLoss]
}

extension Tensor {
  /// ‖self − other‖, the square root of the sum of squares.
  func distance(to other: Tensor) -> Double {
    (self - other).elements.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}

extension [Double] {
  /// The value below which a share of them lies, on a straight line between neighbours.
  ///
  /// - Precondition: They are in increasing order, and at least one.
  func quantile(_ share: Double) -> Double {
    let place = share * Double(count - 1)
    let below = Int(place)
    guard below + 1 < count else { return self[below] }
    return self[below] + (place - Double(below)) * (self[below + 1] - self[below])
  }
}
