import AlphabetTrials
import Randomness
import Tensors
import Testing

/// Distorted copies against what a map does to single pixels.
struct AffineCopiesTests {
  private typealias Map = AffineCopies.Map

  private static let image = Tensor([1, 5, 5, 1], (0..<25).map { Float($0 * $0 % 17) })

  private func pixel(_ image: Tensor, _ row: Int, _ column: Int) -> Float {
    (0..<5).contains(row) && (0..<5).contains(column) ? image.elements[row * 5 + column] : 0
  }

  @Test func theIdentityLeavesAnImageAsItIs() {
    #expect(AffineCopies.distorted(Self.image, by: [Map()]).elements == Self.image.elements)
    #expect(AffineCopies.distorted(Self.image, by: [nil]).elements == Self.image.elements)
  }

  @Test func wholeShiftsMovePixelsAndHalfOnesMixNeighbours() {
    var map = Map()
    map.x = 2
    map.y = -1
    let moved = AffineCopies.distorted(Self.image, by: [map])
    map.x = 0.5
    map.y = 0
    let mixed = AffineCopies.distorted(Self.image, by: [map])
    for row in 0..<5 {
      for column in 0..<5 {
        #expect(pixel(moved, row, column) == pixel(Self.image, row - 1, column + 2))
        let mean = (pixel(Self.image, row, column) + pixel(Self.image, row, column + 1)) / 2
        #expect(pixel(mixed, row, column) == mean)
      }
    }
  }

  @Test func aQuarterTurnIsExact() {
    var map = Map()
    (map.xx, map.xy, map.yx, map.yy) = (0, -1, 1, 0)
    let turned = AffineCopies.distorted(Self.image, by: [map])
    for row in 0..<5 {
      for column in 0..<5 { #expect(pixel(turned, row, column) == pixel(Self.image, column, 4 - row)) }
    }
  }

  /// Each of the parts is there half the time, and within its bounds.
  @Test func partsAreThereHalfTheTime() {
    let copies = AffineCopies(copies: 8, shift: 2)
    let maps = (0..<4000).map { index -> AffineCopies.Map in
      var random = RandomStream(seed: 1).child("map", index).generator()
      return copies.map(from: &random)
    }
    #expect(abs(Double(maps.count { $0.x == 0 }) / 4000 - 0.5) < 0.03)
    #expect(abs(Double(maps.count { ($0.xx, $0.xy, $0.yx, $0.yy) == (1, 0, 0, 1) }) / 4000 - 1 / 32.0) < 0.01)
    #expect(maps.allSatisfy { abs($0.x) <= 2 && abs($0.y) <= 2 })
    // The area: sheared by less than 1 in 10, scaled by 0.64 to 1.44.
    #expect(maps.allSatisfy { (0.6...1.6).contains($0.xx * $0.yy - $0.xy * $0.yx) })
  }

  /// One pair in nine is left as it is, and both images of any other are distorted on their own.
  @Test func mostPairsAreDistorted() {
    let images = Tensor([900, 5, 5, 1]) { out in
      for index in out.indices { out[index] = Self.image.elements[index % 25] }
    }
    let pairs = DrawingPairs(first: images, second: images, same: Array(repeating: true, count: 900))
    let copies = AffineCopies(copies: 8, shift: 2)(pairs, from: RandomStream(seed: 2))
    func isSame(_ index: Int) -> Bool {
      let place = index * 25..<(index + 1) * 25
      return copies.first.elements[place] == images.elements[place]
        && copies.second.elements[place] == images.elements[place]
    }
    let left = (0..<900).count(where: isSame)
    #expect((70...140).contains(left))
    #expect(copies.first.elements != copies.second.elements)
    let none = AffineCopies(copies: 0, shift: 2)(pairs, from: RandomStream(seed: 2))
    #expect(none.first.elements == images.elements && none.second.elements == images.elements)
  }
}
