import Digests
import Randomness
import Storage

/// Regression of polynomials: y = c0 + c1 x + ... + cn xⁿ, with ci in -1/2ⁱ...1/2ⁱ and x in -2...2.
///
/// The order n is chosen by the split, so that results can be compared between orders: `order-0`,
/// `order-1` and `order-2`.
///
/// Reference: Lee, Choi (2018), Gradient-based meta-learning with learned layerwise metric and
/// subspace.
public struct PolynomialTasks: FunctionTasks {
  /// The largest exponent.
  public let order: Int

  /// - Parameter order: 0 or more.
  public init(order: Int) {
    precondition(order >= 0, "a polynomial has an order of at least 0")
    self.order = order
  }

  public var version: String { Self.version(order: order) }

  public func function(from random: inout RandomGenerator) -> some TaskFunction {
    var coefficients: [Double] = []
    var bound = 1.0
    for _ in 0...order {
      coefficients.append(bound * random.uniform(in: -1...1))
      bound /= 2
    }
    return Polynomial(coefficients: coefficients)
  }

  private struct Polynomial: TaskFunction {
    /// Lowest exponent first.
    let coefficients: [Double]

    func input(from random: inout RandomGenerator) -> Double { random.uniform(in: -2...2) }
    func value(at x: Double) -> Double { coefficients.reversed().reduce(0) { $0 * x + $1 } }
  }

  private static func version(order: Int) -> String { "polynomial 1, order \(order)" }

  private static let orders = 0...2

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "polynomial",
      summary: "polynomials with random coefficients, to be regressed from a few points; the split"
        + " is the order",
      inputKind: .vectors(1), isRegression: true, needsImport: false,
      splits: orders.map { order in
        SplitDescription(
          name: "order-\(order)",
          summary: ["constants", "straight lines", "parabolas"][order]
            + "; every part draws from the same distribution",
          classes: [:], examplesPerClass: .max, digest: Digest.hex(of: version(order: order)))
      }),
    open: { split, _, _ in
      PolynomialTasks(order: orders.first { split == "order-\($0)" }!)
    })
}
