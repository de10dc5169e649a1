import Optimizers
import Randomness
import Testing

struct LBFGSTests {
  /// A quadratic whose curvatures differ a thousandfold: the minimum is where the gradient says.
  @Test func theMinimumOfAQuadraticIsFound() {
    let curvatures = (0..<8).map { 1000 / Double(1 << $0) }
    let center = (0..<8).map { Double($0) - 3 }
    let found = LBFGS().minimum(
      of: { x in
        let d = zip(x, center).map(-)
        return (
          zip(curvatures, d).reduce(0) { $0 + $1.0 * $1.1 * $1.1 / 2 }, zip(curvatures, d).map(*)
        )
      }, from: [Double](repeating: 0, count: 8))
    #expect(zip(found, center).allSatisfy { abs($0 - $1) < 1e-7 }, "\(found)")
  }

  /// Far from quadratic: Σ exp(aᵢ · x) over rows that hold it from all sides.
  @Test func theMinimumOfASumOfExponentialsIsFound() {
    let rows = [[1.0, 3], [1, -3], [-1, 0.5], [2, 1]]
    func function(_ x: [Double]) -> (value: Double, gradient: [Double]) {
      let powers = rows.map { Elementary.exp($0[0] * x[0] + $0[1] * x[1]) }
      return (
        powers.reduce(0, +), (0..<2).map { place in zip(rows, powers).reduce(0) { $0 + $1.0[place] * $1.1 } }
      )
    }
    let found = LBFGS().minimum(of: function, from: [5, -4])
    #expect(function(found).gradient.allSatisfy { abs($0) < 1e-7 })
  }

  @Test func aStartAtTheMinimumStays() {
    #expect(LBFGS().minimum(of: { ($0[0] * $0[0], [2 * $0[0]]) }, from: [0]) == [0])
  }
}
