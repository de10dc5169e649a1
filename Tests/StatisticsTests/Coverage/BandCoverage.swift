import Foundation
import Statistics

/// Simulated coverage of both bands of a polynomial fit, at a place drawn at random.
struct BandCoverage {
  static let header = """
    | degree | points | band of the mean | band of a further point |
    | -----: | -----: | ---------------: | ----------------------: |
    """

  let degree: Int
  let count: Int
  private(set) var mean = Share()
  private(set) var point = Share()

  init(degree: Int, count: Int, repetitions: Int) throws {
    (self.degree, self.count) = (degree, count)
    var generator = TestGenerator(seed: UInt64(degree) << 32 | UInt64(count))
    let x = (0..<count).map { Double($0) / Double(count) }
    func truth(_ x: Double) -> Double {
      (0..<degree).reduce(0.2) { value, _ in value * (1 - x) + x * (1 - value) }
    }
    for _ in 0..<repetitions {
      let y = x.map { truth($0) + 0.05 * generator.normal() }
      let fit = try PolynomialFit(x: x, y: y, degree: degree)!
      let place = generator.uniform()
      let error = fit.value(at: place) - truth(place)
      mean.count(abs(error) <= fit.halfWidth(at: place)!)
      point.count(abs(error - 0.05 * generator.normal()) <= fit.predictionHalfWidth(at: place)!)
    }
  }

  var row: String { "| \(degree) | \(count) | \(mean.text) | \(point.text) |" }
}
