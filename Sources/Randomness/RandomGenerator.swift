/// The numbers of one ``RandomStream``, in order.
///
/// Philox-4x32-10 with the stream as its key and the number of the draw as its counter. Everything
/// built on it (bounded integers, normals, permutations) is defined here and fixed by golden values
/// in the tests: the standard library does not promise the same sequence across versions.
public struct RandomGenerator: Sendable {
  private let key: UInt64
  private var counter: UInt64 = 0
  private var block = SIMD4<UInt32>()
  private var used = 4
  private var spareNormal: Double?

  init(key: UInt64) { self.key = key }

  /// 32 random bits.
  public mutating func nextUInt32() -> UInt32 {
    if used == 4 {
      block = Philox.block(low: counter, high: 0, key: key)
      counter &+= 1
      used = 0
    }
    defer { used += 1 }
    return block[used]
  }

  /// 64 random bits: two draws of 32, the lower half first.
  public mutating func nextUInt64() -> UInt64 {
    let low = nextUInt32()
    return UInt64(low) | UInt64(nextUInt32()) << 32
  }

  /// An integer in `0..<bound`, every one exactly as probable as the others.
  ///
  /// - Precondition: `bound` is positive.
  /// - Reference: Lemire (2019), Fast random integer generation in an interval.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "no integer lies below \(bound)")
    let bound = UInt64(bound)
    var product = nextUInt64().multipliedFullWidth(by: bound)
    if product.low < bound {
      let biased = (0 &- bound) % bound
      while product.low < biased { product = nextUInt64().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A number in [0, 1): a multiple of 2^-53, all equally probable.
  public mutating func uniform() -> Double { Double(nextUInt64() >> 11) * 0x1p-53 }

  /// A number in `range`.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A number from the normal distribution of mean 0 and deviation 1 (Box and Muller's method).
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let radius = (-2 * Elementary.log(1 - uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spareNormal = radius * Elementary.sin(angle)
    return radius * Elementary.cos(angle)
  }

  /// A number from the normal distribution cut off at two deviations; others are drawn again.
  public mutating func truncatedNormal() -> Double {
    while true {
      let number = normal()
      if number.magnitude <= 2 { return number }
    }
  }

  /// The integers `0..<count` in random order.
  ///
  /// - Complexity: O(`count`).
  public mutating func permutation(of count: Int) -> [Int] { sample(count, from: count) }

  /// `count` different integers below `population`, in random order.
  ///
  /// - Precondition: 0 <= `count` <= `population`.
  /// - Complexity: O(`count`) on average, whatever the population.
  public mutating func sample(_ count: Int, from population: Int) -> [Int] {
    precondition(
      0 <= count && count <= population, "cannot take \(count) different ones of \(population)")
    if population <= max(64, 4 * count) {
      // The first steps of a Fisher-Yates shuffle.
      var all = Array(0..<population)
      for index in 0..<count { all.swapAt(index, index + integer(below: population - index)) }
      all.removeLast(population - count)
      return all
    }
    // So few of so many that drawing a taken one again is rare.
    var chosen: [Int] = []
    chosen.reserveCapacity(count)
    var taken: Set<Int> = []
    while chosen.count < count {
      let candidate = integer(below: population)
      let isTaken = count <= 32
        ? chosen.contains(candidate) : !taken.insert(candidate).inserted
      if !isTaken { chosen.append(candidate) }
    }
    return chosen
  }
}
