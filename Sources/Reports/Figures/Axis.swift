import Foundation

/// A range of values with round places to mark in it.
struct Axis {
  let range: ClosedRange<Double>
  let ticks: [Double]
  /// Digits after the point that tell the ticks apart.
  let digits: Int

  /// The axis from round number to round number that holds all of `values`.
  ///
  /// - Parameter count: About how many ticks there should be.
  init(holding values: [Double], count: Int = 6) {
    let finite = values.filter(\.isFinite)
    let lower = finite.min() ?? 0
    let upper = max(finite.max() ?? 1, lower + max(abs(lower), 1e-9) * 1e-6)
    let rough = (upper - lower) / Double(count)
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
    let first = Int(floor(lower / step + 1e-9))
    let last = Int(ceil(upper / step - 1e-9))
    ticks = (first...max(last, first + 1)).map { Double($0) * step }
    range = ticks.first!...ticks.last!
    digits = max(0, Int(-floor(log10(step) + 1e-9)))
  }

  /// The values 1, 2 and 5 times a power of ten around `values`, which are above zero.
  static func logarithmicTicks(around values: [Double]) -> [Double] {
    guard let lower = values.min(), let upper = values.max(), lower > 0 else { return [] }
    let powers = Int(floor(log10(lower))) - 1...Int(ceil(log10(upper)))
    let ticks = powers.flatMap { (power: Int) -> [Double] in
      let unit = pow(10, Double(power))
      return [unit, 2 * unit, 5 * unit]
    }
    let (least, greatest) = (lower / 2.5, upper * 2.5)
    return ticks.filter { $0 >= least && $0 <= greatest }
  }

  /// A tick as it is labelled, with a true minus sign.
  func text(_ tick: Double) -> String {
    Format.fixed(tick == 0 ? 0 : tick, digits).replacing("-", with: "−")
  }
}
