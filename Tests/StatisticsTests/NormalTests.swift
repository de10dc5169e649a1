import Statistics
import Testing

@Suite struct NormalTests {
  /// x and the probability up to x, from arbitrary-precision arithmetic.
  static let cumulatives: [(Double, Double)] = [
    (-37.5, 4.6053530095819548438e-308),
    (-30, 4.9067139271481870595e-198),
    (-20, 2.7536241186062336951e-89),
    (-13.3, 1.1573416283690325942e-40),
    (-8, 6.2209605742717841235e-16),
    (-5, 2.8665157187919391167e-7),
    (-2.5, 0.006209665325776135167),
    (-1, 0.15865525393145705141),
    (-0.3, 0.38208857781104736693),
    (-1e-05, 0.49999601057719605216),
    (0, 0.5),
    (0.3, 0.61791142218895263307),
    (1, 0.84134474606854294859),
    (2.5, 0.99379033467422386483),
    (5, 0.99999971334842812081),
    (8, 0.9999999999999993779),
  ]

  /// A probability and its quantile, from arbitrary-precision arithmetic.
  static let quantiles: [(Double, Double)] = [
    (1e-300, -37.047096299361199237),
    (1e-100, -21.273453560965324294),
    (1e-40, -13.310921371425170895),
    (1e-20, -9.2623400897984075796),
    (1e-10, -6.3613409024040561991),
    (1e-05, -4.2648907939228246102),
    (0.001, -3.0902323061678135354),
    (0.024, -1.9773684281819467033),
    (0.1, -1.2815515655446004353),
    (0.2, -0.84162123357291416552),
    (0.25, -0.6744897501960817432),
    (0.3, -0.52440051270804081597),
    (0.45, -0.12566134685507400616),
    (0.4999, -0.00025066283008800749239),
    (0.5, 0),
    (0.5000001, 2.5066282733116483012e-7),
    (0.6, 0.25334710313579974132),
    (0.75, 0.6744897501960817432),
    (0.9, 1.2815515655446005935),
    (0.975, 1.9599639845400538556),
    (0.999, 3.0902323061678132778),
  ]

  @Test func probabilitiesAgreeWithArbitraryPrecision() {
    for (x, expected) in Self.cumulatives {
      #expect(abs(Normal.cumulative(x) / expected - 1) < 1e-14, "\(x)")
      #expect(abs(Normal.upperTail(-x) / expected - 1) < 1e-14, "\(x)")
    }
  }

  @Test func quantilesAgreeWithArbitraryPrecision() {
    for (probability, expected) in Self.quantiles {
      let error = abs(Normal.quantile(probability) - expected)
      #expect(error <= 1e-15 * abs(expected), "\(probability): \(error / abs(expected))")
    }
  }

  @Test func extremesAreSound() {
    #expect(Normal.cumulative(.infinity) == 1 && Normal.cumulative(-.infinity) == 0)
    #expect(Normal.cumulative(.nan).isNaN)
    #expect(Normal.cumulative(-50) == 0 && Normal.cumulative(50) == 1)
    #expect(abs(Normal.density(0) - 0.3989422804014327) < 1e-16)
    #expect(abs(Normal.quantile(.leastNormalMagnitude) + 37.519379347144499821) < 1e-13)
  }
}
