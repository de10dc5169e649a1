import Foundation
import Randomness
import Testing

@Suite struct ElementaryTests {
  var random = RandomStream(seed: 3).generator()

  @Test mutating func exponentialsAgreeWithTheLibrary() {
    for _ in 0..<200_000 {
      let x = random.uniform(in: -700...700)
      #expect(agree(Elementary.exp(x), Foundation.exp(x)), "exp(\(x))")
      #expect(agree(Elementary.exp(x / 700), Foundation.exp(x / 700)), "exp(\(x / 700))")
    }
    #expect(Elementary.exp(0) == 1)
    #expect(Elementary.exp(710) == .infinity && Elementary.exp(-746) == 0)
    #expect(Elementary.exp(.nan).isNaN)
    #expect(agree(Elementary.exp(709.7), Foundation.exp(709.7)))
    #expect(abs(Elementary.exp(-740) / Foundation.exp(-740) - 1) < 0.01)
  }

  @Test mutating func logarithmsAgreeWithTheLibrary() {
    for _ in 0..<200_000 {
      let x = random.uniform(in: 0...3)
      #expect(agree(Elementary.log(x), Foundation.log(x)), "log(\(x))")
      let y = Foundation.exp(random.uniform(in: -700...700))
      #expect(agree(Elementary.log(y), Foundation.log(y)), "log(\(y))")
    }
    #expect(Elementary.log(1) == 0 && Elementary.log(0) == -.infinity)
    #expect(Elementary.log(-1).isNaN && Elementary.log(.infinity) == .infinity)
    let least = Double.leastNonzeroMagnitude
    #expect(agree(Elementary.log(least), Foundation.log(least)))
  }

  @Test(arguments: [7.0, 1000, 1_000_000])
  mutating func sinesAndCosinesAgreeWithTheLibrary(_ range: Double) {
    for _ in 0..<200_000 {
      let x = random.uniform(in: -range...range)
      #expect(agree(Elementary.sin(x), Foundation.sin(x)), "sin(\(x))")
      #expect(agree(Elementary.cos(x), Foundation.cos(x)), "cos(\(x))")
    }
    for n in -100...100 {
      let x = Double(n) * Double.pi / 2
      #expect(agree(Elementary.sin(x), Foundation.sin(x)), "sin(\(x))")
      #expect(agree(Elementary.cos(x), Foundation.cos(x)), "cos(\(x))")
    }
  }

  @Test func functionsHaveTheirGoldenBits() {
    #expect(Elementary.exp(1.25).bitPattern == 0x400BEC38EDB0FAF0)
    #expect(Elementary.log(0.3).bitPattern == 0xBFF34378FCBDA721)
    #expect(Elementary.sin(2.5).bitPattern == 0x3FE326AF0DCFCAB0)
    #expect(Elementary.cos(2.5).bitPattern == 0xBFE9A2F7EF858B7D)
  }

  func agree(_ ours: Double, _ library: Double) -> Bool {
    ours == library || abs(ours - library) <= 6e-16 * abs(library)
  }
}
