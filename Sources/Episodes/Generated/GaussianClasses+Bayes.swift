import Randomness

extension GaussianClasses {
  /// The expected accuracy of the best possible classifier, which no learner can exceed.
  ///
  /// Let s² be the prior variance, k the shot, d the dimension. Given the support, the mean of a
  /// class has the posterior N(c, v I) with v = s² / (k s² + 1) and c = k v (support mean), so that
  /// the best label for a query q is that of the nearest c. Over episodes, c is N(0, a I) with
  /// a = s² - v, and q = c* + N(0, (1 + v) I) for its own class's c*. Given q, the other classes' c
  /// are independent of it, and c* is N(b q, a (1 - b) I) with b = a / (s² + 1). Hence, with
  /// |q|² = (s² + 1) χ²(d) and t = |q - c*|²,
  ///
  ///     accuracy = E over |q|² of ∫ p(t) P(|q - c|² > t)^(way - 1) dt,
  ///
  /// where |q - c|² / a is noncentral χ²(d, |q|² / a) and t / (a (1 - b)) is noncentral
  /// χ²(d, (1 - b) |q|² / a). Both integrals are taken by Simpson's rule; d is even, so that the
  /// distribution functions are finite sums. The error is below 1e-6.
  ///
  /// - Precondition: `way` and `shot` are positive.
  /// - Complexity: less than a tenth of a second.
  public static func bestAccuracy(way: Int, shot: Int) -> Double {
    precondition(way > 0 && shot > 0, "an episode has at least one class and one example")
    let s2 = priorVariance
    let v = s2 / (Double(shot) * s2 + 1)
    let a = s2 - v
    let b = a / (s2 + 1)
    let dimension = Double(dimension)

    // |q|² / (s² + 1) is χ²(20): outside of 1...80 its probability is below 1e-7.
    let inner = simpson(from: 0.5, to: 90, intervals: 120) { (scaled: Double) -> Double in
      let square = scaled * (s2 + 1)
      let own = NoncentralChiSquare(noncentrality: (1 - b) * square / a)
      let other = NoncentralChiSquare(noncentrality: square / a)
      let center = dimension + own.noncentrality
      let deviation = (2 * (dimension + 2 * own.noncentrality)).squareRoot()
      let correct = simpson(
        from: max(0, center - 7 * deviation), to: center + 9 * deviation, intervals: 120
      ) { (x: Double) -> Double in
        var product = own.density(x)
        let survival = other.survival(x * (1 - b))
        for _ in 1..<way { product *= survival }
        return product
      }
      return correct * NoncentralChiSquare(noncentrality: 0).density(scaled)
    }
    return inner
  }

  private static func simpson(
    from low: Double, to high: Double, intervals: Int, _ function: (Double) -> Double
  ) -> Double {
    let step = (high - low) / Double(intervals)
    var sum = 0.0
    for index in 0...intervals {
      let weight: Double = index == 0 || index == intervals ? 1 : index % 2 == 0 ? 2 : 4
      sum += weight * function(low + Double(index) * step)
    }
    return sum * step / 3
  }
}

/// The noncentral χ² distribution with `GaussianClasses.dimension` degrees of freedom: a mixture,
/// with Poisson weights of mean λ/2, of χ² distributions with 2 more degrees each.
private struct NoncentralChiSquare {
  let noncentrality: Double
  private let weights: [Double]
  private let half = GaussianClasses.dimension / 2

  init(noncentrality: Double) {
    self.noncentrality = noncentrality
    let mean = noncentrality / 2
    weights = poisson(upTo: Int(mean + 8 * (mean.squareRoot() + 2)), mean)
  }

  func density(_ x: Double) -> Double {
    // χ²(2m) has the density poisson(m - 1) / 2 for a Poisson number of mean x/2.
    let terms = poisson(upTo: half + weights.count, x / 2)
    return 0.5 * weights.indices.reduce(0) { $0 + weights[$1] * terms[half - 1 + $1] }
  }

  /// The probability of more than `x`.
  func survival(_ x: Double) -> Double {
    // χ²(2m) exceeds x with the probability that a Poisson number of mean x/2 is below m.
    let terms = poisson(upTo: half + weights.count, x / 2)
    var below = terms[..<half].reduce(0, +)
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += weight * below
      below += terms[half + index]
    }
    return sum
  }
}

/// The probabilities of 0...`last` under a Poisson distribution of a mean below 700.
private func poisson(upTo last: Int, _ mean: Double) -> [Double] {
  var terms = [Elementary.exp(-mean)]
  terms.reserveCapacity(last + 1)
  for count in 1...last { terms.append(terms[count - 1] * mean / Double(count)) }
  return terms
}
