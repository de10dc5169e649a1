/// Elementary functions that give the same bits on every machine.
///
/// The C library's differ between versions and processors. These use only operations that IEEE 754
/// rounds exactly (+ - * /, comparison, rounding to an integer), in a fixed order. They are tested to
/// be within 6e-16 of the C library's values, relatively.
public enum Elementary {
  // ln 2 and pi/2 in parts: the leading ones end in zeros, so that small multiples are exact.
  private static let ln2Leading = Double(bitPattern: 0x3FE6_2E42_FEE0_0000)
  private static let ln2Rest = Double(bitPattern: 0x3DEA_39EF_3579_3C76)
  private static let halfPi1 = Double(bitPattern: 0x3FF9_21FB_5440_0000)
  private static let halfPi2 = Double(bitPattern: 0x3DD0_B461_1A60_0000)
  private static let halfPi3 = Double(bitPattern: 0x3BA3_198A_2E03_7073)

  /// e to the power of `x`.
  public static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782712893384 { return .infinity }
    if x < -745.1332191019412 { return 0 }
    // exp(x) = 2^n exp(r) with |r| <= ln(2)/2, the latter by its series.
    let n = (x * 1.4426950408889634).rounded()
    let high = x - n * ln2Leading
    let low = n * ln2Rest
    let r = high - low
    var tail = 1.0 / 6_227_020_800
    tail = tail * r + 1.0 / 479_001_600
    tail = tail * r + 1.0 / 39_916_800
    tail = tail * r + 1.0 / 3_628_800
    tail = tail * r + 1.0 / 362_880
    tail = tail * r + 1.0 / 40_320
    tail = tail * r + 1.0 / 5_040
    tail = tail * r + 1.0 / 720
    tail = tail * r + 1.0 / 120
    tail = tail * r + 1.0 / 24
    tail = tail * r + 1.0 / 6
    tail = tail * r + 0.5
    // What rounding `high - low` lost is added back to first order.
    let lost = (high - r) - low
    let power = 1 + (r + (r * r * tail + lost))
    let half = Int(n) / 2
    return power * powerOfTwo(half) * powerOfTwo(Int(n) - half)
  }

  /// The natural logarithm of `x`.
  public static func log(_ x: Double) -> Double {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 { return -.infinity }
    if x == .infinity { return x }
    // x = 2^n m with m in [sqrt(1/2), sqrt(2)]; log(1 + f) from s = f / (2 + f).
    var n = Double(x.exponent)
    var m = x.significand
    if m > 1.4142135623730951 {
      m /= 2
      n += 1
    }
    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    var series = 2.0 / 25
    series = series * z + 2.0 / 23
    series = series * z + 2.0 / 21
    series = series * z + 2.0 / 19
    series = series * z + 2.0 / 17
    series = series * z + 2.0 / 15
    series = series * z + 2.0 / 13
    series = series * z + 2.0 / 11
    series = series * z + 2.0 / 9
    series = series * z + 2.0 / 7
    series = series * z + 2.0 / 5
    series = series * z + 2.0 / 3
    series *= z
    let halfSquare = f * f / 2
    return n * ln2Leading + (f - (halfSquare - (s * (halfSquare + series) + n * ln2Rest)))
  }

  /// The sine of `x`, in radians.
  ///
  /// - Precondition: |`x`| is at most 1,000,000 (range reduction is exact only that far).
  public static func sin(_ x: Double) -> Double {
    let (quarter, r, rest) = reduced(x)
    let value = quarter % 2 == 0 ? sineSeries(r, rest) : cosineSeries(r, rest)
    return quarter < 2 ? value : -value
  }

  /// The cosine of `x`, in radians.
  ///
  /// - Precondition: |`x`| is at most 1,000,000 (range reduction is exact only that far).
  public static func cos(_ x: Double) -> Double {
    let (quarter, r, rest) = reduced(x)
    let value = quarter % 2 == 0 ? cosineSeries(r, rest) : sineSeries(r, rest)
    return quarter == 0 || quarter == 3 ? value : -value
  }

  /// `x` = (a multiple of 2 pi) + `quarter` * pi/2 + `r` + `rest`, with |r| <= pi/4.
  private static func reduced(_ x: Double) -> (quarter: Int, r: Double, rest: Double) {
    precondition(x.magnitude <= 1_000_000, "sin and cos are exact only up to 1,000,000")
    let n = (x * 0.6366197723675814).rounded()
    let first = x - n * halfPi1
    let product = n * halfPi2
    let second = first - product
    let lost = (first - second) - product
    let third = n * halfPi3 - lost
    let r = second - third
    return (Int(n) & 3, r, (second - r) - third)
  }

  private static func sineSeries(_ r: Double, _ rest: Double) -> Double {
    let z = r * r
    var series = 1.0 / 355_687_428_096_000
    series = series * z - 1.0 / 1_307_674_368_000
    series = series * z + 1.0 / 6_227_020_800
    series = series * z - 1.0 / 39_916_800
    series = series * z + 1.0 / 362_880
    series = series * z - 1.0 / 5_040
    series = series * z + 1.0 / 120
    series = series * z - 1.0 / 6
    return r + (r * z * series + rest * (1 - z / 2))
  }

  private static func cosineSeries(_ r: Double, _ rest: Double) -> Double {
    let z = r * r
    var series = 1.0 / 20_922_789_888_000
    series = series * z - 1.0 / 87_178_291_200
    series = series * z + 1.0 / 479_001_600
    series = series * z - 1.0 / 3_628_800
    series = series * z + 1.0 / 40_320
    series = series * z - 1.0 / 720
    series = series * z + 1.0 / 24
    // 1 - z/2 rounds; what it loses goes into the small terms.
    let half = z / 2
    let leading = 1 - half
    return leading + (((1 - leading) - half) + (z * z * series - r * rest))
  }

  /// 2 to the power of `n`, for `n` in -538...512: what half of an exponent can be.
  private static func powerOfTwo(_ n: Int) -> Double {
    Double(sign: .plus, exponent: n, significand: 1)
  }
}
