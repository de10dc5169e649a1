import Foundation
import Statistics
import Testing

@Suite struct StudentTTests {
  /// Degrees of freedom, t and the probability above t, from arbitrary-precision arithmetic.
  static let tails: [(Double, Double, Double)] = [
    (0.5, 0.001, 0.49973032383424381903),
    (0.5, 0.5, 0.37865903646471831567),
    (0.5, 1, 0.30112161084132208155),
    (0.5, 1.96, 0.22486148886918957317),
    (0.5, 4, 0.15961004149433576524),
    (0.5, 12.7, 0.089949080867433890118),
    (1, 0.001, 0.49968169021991944105),
    (1, 0.5, 0.35241638234956672582),
    (1, 1, 0.25),
    (1, 1.96, 0.15017144588801657468),
    (1, 4, 0.077979130377369325461),
    (1, 12.7, 0.025012163844672080027),
    (2, 0.001, 0.49964644669779504073),
    (2, 0.5, 0.33333333333333333333),
    (2, 1, 0.21132486540518711775),
    (2, 1.96, 0.094528654800866134791),
    (2, 4, 0.028595479208968317066),
    (2, 12.7, 0.003071470799797889187),
    (3, 0.001, 0.499632447484730469),
    (3, 0.5, 0.32572398242407549722),
    (3, 1, 0.19550110947788532096),
    (3, 1.96, 0.07242610428242682761),
    (3, 4, 0.014004228005073083484),
    (3, 12.7, 0.0005265263410993000596),
    (4, 0.001, 0.49962500007812497948),
    (4, 0.5, 0.32166498159093163712),
    (4, 1, 0.1869504831500294425),
    (4, 1.96, 0.060777319925091785154),
    (4, 4, 0.00806504495004626679),
    (4, 12.7, 0.00011070453577548292657),
    (9, 0.001, 0.49961196516298663345),
    (9, 0.5, 0.3145356499130132398),
    (9, 1, 0.17171819806895675744),
    (9, 1.96, 0.04082220273020831994),
    (9, 4, 0.0015552141551929276931),
    (9, 12.7, 2.3719190225986348239e-7),
    (29, 0.001, 0.49960448148918111911),
    (29, 0.5, 0.31042404209689068201),
    (29, 1, 0.16279099400809677055),
    (29, 1.96, 0.029833897759795661672),
    (29, 4, 0.00020003197282624570978),
    (29, 12.7, 1.1288227375600810447e-13),
    (59, 0.001, 0.49960274456338178978),
    (59, 0.5, 0.30946743686509847775),
    (59, 1, 0.16069713988472245426),
    (59, 1.96, 0.02736208676146223593),
    (59, 4, 0.000089480339364864722005),
    (59, 12.7, 7.9534956136867938935e-19),
    (599, 0.001, 0.49960122425480946891),
    (599, 0.5, 0.30862935171747856966),
    (599, 1, 0.15885714851157353732),
    (599, 1.96, 0.025229502086457731193),
    (599, 4, 0.000035633764163896279891),
    (599, 12.7, 3.4048438045138732744e-33),
    (10000, 0.001, 0.49960106775952624903),
    (10000, 0.5, 0.30854303966161670718),
    (10000, 1, 0.15866735216521456199),
    (10000, 1.96, 0.025011760115916524769),
    (10000, 4, 0.00003189933441156981553),
    (10000, 12.7, 5.6713632483663462763e-37),
    (1000000, 0.001, 0.49960105788582454491),
    (1000000, 0.5, 0.30853759373618569389),
    (1000000, 1, 0.15865537491678906464),
    (1000000, 1.96, 0.024998033792634895343),
    (1000000, 4, 0.00003167351700502405231),
    (1000000, 12.7, 2.9760130535094315625e-37),
  ]

  @Test func tailsAgreeWithArbitraryPrecision() {
    for (freedom, t, tail) in Self.tails {
      let tolerance = freedom <= 10_000 ? 1e-12 : 1e-10
      let distribution = StudentT(degreesOfFreedom: freedom)
      let error = abs(distribution.upperTail(t) / tail - 1)
      #expect(error < tolerance, "\(freedom) degrees of freedom, t \(t): \(error)")
      #expect(abs(distribution.cumulative(t) + tail - 1) < tolerance)
      #expect(abs(distribution.cumulative(-t) / tail - 1) < tolerance)
      #expect(abs(distribution.quantile(tail) + t) < tolerance * max(1, t), "\(freedom), \(t)")
    }
  }

  @Test(arguments: [
    (1, 12.706204736174694), (2, 4.302652729749462), (4, 2.7764451051977934),
    (9, 2.262157162798205), (29, 2.045229642132703), (599, 1.9639322489452784),
  ])
  func quantilesAgreeWithScipy(_ freedom: Double, _ expected: Double) {
    let distribution = StudentT(degreesOfFreedom: freedom)
    // scipy's own values are right to about 1e-12.
    #expect(abs(distribution.quantile(0.975) / expected - 1) < 2e-12)
    #expect(abs(distribution.quantile(0.025) / -expected - 1) < 2e-12)
    #expect(distribution.quantile(0.5) == 0)
  }

  @Test(arguments: [0.7, 1, 3, 599, 1e5])
  func quantileInvertsTheTail(_ freedom: Double) {
    let distribution = StudentT(degreesOfFreedom: freedom)
    for probability in [1e-12, 1e-6, 0.01, 0.3, 0.499, 0.4999999] {
      let t = -distribution.quantile(probability)
      #expect(abs(distribution.upperTail(t) / probability - 1) < 1e-12)
    }
  }

  @Test func extremesAreSound() {
    let distribution = StudentT(degreesOfFreedom: 3)
    #expect(distribution.cumulative(.infinity) == 1)
    #expect(distribution.cumulative(-.infinity) == 0)
    #expect(distribution.cumulative(0) == 0.5)
    #expect(distribution.cumulative(.nan).isNaN)
  }
}
