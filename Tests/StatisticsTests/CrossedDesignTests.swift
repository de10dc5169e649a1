import Statistics
import Testing

/// Expected numbers are numpy's and scipy's, from mean squares: of `a` the repeats' is 0.0040266667, the episodes'
/// 0.0238933333 and the rest's 0.0010183333.
@Suite struct CrossedDesignTests {
  private let a = [
    [0.9, 0.8, 0.95, 0.7, 0.85], [0.92, 0.85, 0.93, 0.78, 0.9], [0.87, 0.8, 0.97, 0.66, 0.8],
  ]
  private let b = [[0.8, 0.82, 0.9, 0.6, 0.7], [0.86, 0.8, 0.85, 0.7, 0.72]]

  private func design(_ terms: CrossedDesign.Term...) throws -> CrossedDesign { try #require(CrossedDesign(terms)) }

  @Test func aMeanOfThreeRepeatsOfFiveEpisodes() throws {
    let design = try design(.init(a, repeats: .drawn(0, kind: 0)))
    let estimate = try #require(design.combined())
    #expect(abs(estimate.mean - 0.8453333333333334) < 1e-15)
    #expect(abs(estimate.units.variance - 0.023893333333333294 / 15) < 1e-16 && estimate.units.freedom == 4)
    let repeats = try #require(estimate.repeats)
    #expect(abs(repeats.variance - (0.004026666666666688 - 0.001018333333333332) / 15) < 1e-16)
    #expect(abs(repeats.freedom - 2) < 1e-12)
    #expect(abs(estimate.halfWidth() - 0.12645895709674498) < 1e-12)
    let student = try #require(Interval.overEpisodes(a)?.halfWidth)
    #expect(abs(design.overUnits.halfWidth() - student) < 1e-15)
    #expect(design.counts == [5] && design.repeats == [3])
  }

  @Test func aDifferenceOfUnlikeCellsIsWelchsInItsRepeats() throws {
    let design = try design(
      .init(a, repeats: .drawn(0, kind: 0)), .init(b, weight: -1, repeats: .drawn(1, kind: 1)))
    let estimate = try #require(design.combined())
    #expect(abs(estimate.mean - 0.07033333333333332) < 1e-15)
    #expect(abs(try #require(estimate.repeats).freedom - 2.9930996828076055) < 1e-9)
    #expect(abs(estimate.halfWidth() - 0.06994802497466011) < 1e-12)
    #expect(abs(estimate.halfWidth(confidence: 0.9) - 0.053132226887522886) < 1e-12)
    #expect(abs(estimate.pAtLeast(0) - 0.02462996763105668) < 1e-10)
    #expect(abs(estimate.pAtLeast(-0.01) - 0.01697733945079899) < 1e-10)
    #expect(abs(estimate.pAtMost(0) + estimate.pAtLeast(0) - 1) < 1e-12)
    #expect(abs(estimate.p - 2 * estimate.pAtLeast(0)) < 1e-15)
    // Over the episodes it is the paired t.
    let means = { (scores: [[Double]]) in
      scores[0].indices.map { e in scores.map { $0[e] }.reduce(0, +) / Double(scores.count) }
    }
    let paired = try #require(PairedDifference(means(a), means(b)))
    #expect(abs(design.overUnits.halfWidth() - paired.halfWidth) < 1e-14)
    #expect(abs(design.overUnits.p - paired.p) < 1e-14)
  }

  @Test func repeatsOfOneKindAreTakenTogether() throws {
    let both = try design(
      .init(a, repeats: .drawn(0, kind: 0)), .init(b, weight: -1, repeats: .drawn(1, kind: 0)))
    #expect(abs(try #require(both.combined()).halfWidth() - 0.08070459940522125) < 1e-12)
    // A single repeat spreads as the others of its kind.
    let single = try design(
      .init(a, repeats: .drawn(0, kind: 0)), .init([b[0]], weight: -1, repeats: .drawn(1, kind: 0)))
    let estimate = try #require(single.combined())
    #expect(abs(try #require(estimate.repeats).variance - 0.0008022222222222281) < 1e-15)
    #expect(abs(estimate.halfWidth() - 0.14246197430968516) < 1e-12)
  }

  @Test func repeatsOfOneDrawArePaired() throws {
    let design = try design(
      .init(Array(a[..<2]), repeats: .drawn(0, kind: 0)), .init(b, weight: -1, repeats: .drawn(0, kind: 0)))
    let estimate = try #require(design.combined())
    #expect(abs(estimate.mean - 0.083) < 1e-15 && estimate.repeats?.variance == 0)
    // The episodes' part would be 0.067; the repeats' sums alone tell more.
    #expect(abs(estimate.halfWidth() - 0.08894343315322312) < 1e-12)
    #expect(design.repeats == [2])
  }

  @Test func episodesOfTheirOwnAreWelchs() throws {
    let design = try design(
      .init(a, repeats: .alike), .init([[0.6, 0.7, 0.75, 0.9, 0.65, 0.8]], weight: -1, group: 1, repeats: .alike))
    #expect(design.counts == [5, 6] && design.repeats == [])
    #expect(abs(design.overUnits.units.freedom - 8.998747050347692) < 1e-9)
    #expect(abs(design.overUnits.halfWidth() - 0.1345457503950646) < 1e-12)
    #expect(design.combined() == design.overUnits)
  }

  @Test func whatDoesNotVaryAddsNothing() throws {
    let one = try design(.init([a[0], a[0], a[0]], repeats: .drawn(0, kind: 0)))
    let combined = try #require(one.combined())
    #expect(abs(combined.halfWidth() / one.overUnits.halfWidth() - 1) < 1e-12)
    #expect(abs(combined.pAtLeast(0.8) / one.overUnits.pAtLeast(0.8) - 1) < 1e-9)
    // Pixels are the same in every repeat: only the other side is drawn.
    let mixed = try design(.init(a, repeats: .drawn(0, kind: 0)), .init([b[0]], weight: -1, repeats: .alike))
    #expect(abs(try #require(mixed.combined()?.repeats).variance - 0.00020055555555555706) < 1e-15)
  }

  @Test func aSingleRepeatTellsNothingUnlessItsDeviationIsStated() throws {
    let one = try design(
      .init([a[0]], repeats: .drawn(0, kind: 0)), .init([b[0]], weight: -1, repeats: .drawn(1, kind: 0)))
    #expect(one.combined() == nil)
    let stated = try #require(one.combined(stated: 0.01)?.repeats)
    #expect(abs(stated.variance - 0.0002) < 1e-18 && stated.freedom == .infinity)
    let unlike = try design(
      .init(a, repeats: .drawn(0, kind: 0)), .init([b[0]], weight: -1, repeats: .drawn(1, kind: 1)))
    #expect(unlike.combined() == nil)
    #expect(CrossedDesign([.init([[1]], repeats: .alike)]) == nil)
  }

  @Test func tailsGoFarOut() throws {
    let design = try design(.init(a, repeats: .drawn(0, kind: 0)))
    let estimate = try #require(design.combined())
    for confidence in [0.5, 0.99, 0.999999] {
      let half = estimate.halfWidth(confidence: confidence)
      #expect(abs(estimate.pAtLeast(estimate.mean - half) / ((1 - confidence) / 2) - 1) < 1e-9)
    }
    #expect(estimate.pAtLeast(-1e6) > 0 && estimate.pAtLeast(-1e6) < 1e-10)
    #expect(estimate.pAtLeast(estimate.mean) == 0.5)
  }

  @Test func accuraciesAtTheEdgeAreNotCertain() throws {
    let perfect = try design(.init([[Double](repeating: 1, count: 600)], repeats: .alike, range: 0...1))
    #expect(perfect.isAtEdge && perfect.possible == 0...1)
    #expect(abs(perfect.overUnits.halfWidth() - (1 - 0.9938707286693308)) < 1e-12)
    let free = try design(.init([[Double](repeating: 1, count: 600)], repeats: .alike))
    #expect(!free.isAtEdge && free.possible == nil && free.overUnits.halfWidth() == 0)
    let rule = SequentialWidth(halfWidth: 0.01, isBounded: true)
    let scores = (0..<100).map { $0 % 9 == 0 ? 0.5 : 0.9 }
    let sequential = try design(.init([scores], repeats: .alike, range: 0...1, rule: rule))
    let side = try #require(rule.interval(scores)?.longerSide)
    #expect(abs(sequential.overUnits.halfWidth() / side - 1) < 1e-12)
  }

  @Test func aRatioIsFiellers() throws {
    let (x, y) = (a[0], b[0])
    let ratio = try #require(
      CrossedDesign.ratio { factor in
        CrossedDesign([.init([x], repeats: .alike), .init([y], weight: -factor, repeats: .alike)])?.overUnits
      })
    // (b ± √(b² − ac)) / a with the variances of the means, their covariance and t² = 7.708647422176786.
    let n = 5.0
    let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    func covariance(_ u: [Double], _ v: [Double], _ mu: Double, _ mv: Double) -> Double {
      zip(u, v).map { ($0 - mu) * ($1 - mv) }.reduce(0, +) / (n - 1) / n
    }
    let square = 7.708647422176786
    let c0 = mx * mx - square * covariance(x, x, mx, mx)
    let c1 = mx * my - square * covariance(x, y, mx, my)
    let c2 = my * my - square * covariance(y, y, my, my)
    let root = (c1 * c1 - c0 * c2).squareRoot()
    #expect(abs(ratio.value - mx / my) < 1e-14)
    #expect(abs(ratio.range.lowerBound - (c1 - root) / c2) < 1e-10)
    #expect(abs(ratio.range.upperBound - (c1 + root) / c2) < 1e-10)
    // A denominator that may be zero has no ratio.
    #expect(
      CrossedDesign.ratio { factor in
        CrossedDesign([.init([x], repeats: .alike), .init([[-1, 1, 2, -2, 0.1]], weight: -factor, repeats: .alike)])?
          .overUnits
      } == nil)
  }
}
