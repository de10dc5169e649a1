/// Limited-memory BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5), with steps that are halved until the
/// function has come down enough (their algorithm 3.1): for smooth convex functions, in double precision.
///
///     let minimum = LBFGS().minimum(of: { x in (f(x), slope(x)) }, from: start)
public struct LBFGS: Sendable {
  /// The number of steps kept as history.
  public var memory = 10
  /// The most steps.
  public var steps = 500
  /// It stops once no component of the gradient is larger.
  public var tolerance = 1e-8

  /// The usual constants.
  public init() {}

  /// The point where the function is smallest.
  ///
  /// - Parameter function: The value at a point, and the gradient.
  /// - Returns: The best point found when the gradient vanishes or no step improves it any more.
  public func minimum(
    of function: (_ x: [Double]) -> (value: Double, gradient: [Double]), from start: [Double]
  ) -> [Double] {
    var x = start
    var (value, gradient) = function(x)
    var remembered: [(step: [Double], change: [Double], curvature: Double)] = []
    for _ in 0..<steps where gradient.contains(where: { abs($0) > tolerance }) {
      let direction = direction(against: gradient, remembered)
      let slope = dot(direction, gradient)
      // Before anything is known of the curvature a step of length 1 at most.
      var rate = remembered.isEmpty ? min(1, 1 / dot(gradient, gradient).squareRoot()) : 1
      var next = x
      var reached = (value: value, gradient: gradient)
      repeat {
        next = zip(x, direction).map { $0 + rate * $1 }
        reached = function(next)
        rate /= 2
      } while !(reached.value <= value + 2e-4 * rate * slope) && rate > 1e-12
      guard reached.value < value else { break }
      let step = zip(next, x).map(-), change = zip(reached.gradient, gradient).map(-)
      let curvature = dot(step, change)
      if curvature > 0 {
        remembered.append((step, change, curvature))
        if remembered.count > memory { remembered.removeFirst() }
      }
      (x, value, gradient) = (next, reached.value, reached.gradient)
    }
    return x
  }

  /// The two loops of algorithm 7.4: minus the gradient, multiplied by what is known of the inverse Hessian.
  private func direction(
    against gradient: [Double], _ remembered: [(step: [Double], change: [Double], curvature: Double)]
  ) -> [Double] {
    var q = gradient
    var shares: [Double] = []
    for (step, change, curvature) in remembered.reversed() {
      let share = dot(step, q) / curvature
      shares.append(share)
      for index in q.indices { q[index] -= share * change[index] }
    }
    if let last = remembered.last {
      let scale = last.curvature / dot(last.change, last.change)
      for index in q.indices { q[index] *= scale }
    }
    for (one, share) in zip(remembered, shares.reversed()) {
      let correction = share - dot(one.change, q) / one.curvature
      for index in q.indices { q[index] += correction * one.step[index] }
    }
    return q.map(-)
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}
