import Foundation
import Randomness
import Tensors
import Testing

/// Products and convolutions of many sizes, so that tiles, strips and blocks have rests, against sums
/// written out in Float64.
struct KernelTests {
  private static func random(_ shape: Shape, _ index: Int) -> Tensor {
    var generator = RandomStream(seed: 11).child("input", index).generator()
    return Tensor(shape) { out in
      for place in out.indices { out[place] = Float(generator.normal()) }
    }
  }

  /// Whether Float32 sums of so many terms may differ by rounding only.
  private static func agree(_ a: [Float], _ b: [Double], terms: Int) -> Bool {
    let tolerance = 1e-6 * Double(terms).squareRoot() * 8
    return a.count == b.count && zip(a, b).allSatisfy { abs(Double($0) - $1) < tolerance }
  }

  @Test(arguments: [
    (1, 1, 1), (3, 5, 7), (4, 70, 40), (8, 200, 160), (6, 64, 9), (7, 65, 130), (13, 17, 33), (20, 40, 40), (50, 200, 300),
    (64, 33, 257), (130, 250, 129),
  ])
  func productsAgreeWithSums(_ m: Int, _ n: Int, _ k: Int) {
    let a = Self.random([m, k], 1), b = Self.random([k, n], 2)
    let (x, y) = (a.elements.map(Double.init), b.elements.map(Double.init))
    let expected = (0..<m * n).map { place in
      (0..<k).reduce(0.0) { $0 + x[place / n * k + $1] * y[$1 * n + place % n] }
    }
    let at = a.transposed([1, 0]), bt = b.transposed([1, 0])
    #expect(Self.agree(a.product(b).elements, expected, terms: k))
    #expect(Self.agree(at.product(b, transposing: true).elements, expected, terms: k))
    #expect(Self.agree(a.product(bt, transposingOther: true).elements, expected, terms: k))
    #expect(
      Self.agree(at.product(bt, transposing: true, transposingOther: true).elements, expected, terms: k))
  }

  @Test func logisticIsAccurateEverywhere() {
    let x = (-4000...4000).map { Float($0) * 0.025 }
    let found = Tensor([x.count], x).logistic().elements
    for (x, y) in zip(x, found) {
      #expect(abs(Double(y) - 1 / (1 + Elementary.exp(-Double(x)))) < 2e-7, "at \(x)")
    }
    let extremes = Tensor([4], [-.infinity, .infinity, 40, .nan]).logistic().elements
    #expect(abs(extremes[0]) < 1e-30 && extremes[1] == 1 && extremes[2] == 1 && extremes[3].isNaN)
  }

  /// Results of before it was computed for many numbers at once stay what they were.
  @Test func exponentialsHaveTheBitsOfTheCLibrarys() {
    let patterns = stride(from: UInt32(0), to: UInt32.max - 4099, by: 4099)
    let x = patterns.map { Float(bitPattern: $0) } + [0, -0.0, 88.722, 88.724, -103.97, -103.98, .infinity, -.infinity]
    for (x, y) in zip(x, Tensor([x.count], x).exp().elements) {
      let expected = Foundation.exp(x)
      #expect(x.isNaN ? y.isNaN : y.bitPattern == expected.bitPattern, "at \(x): \(y), not \(expected)")
    }
  }

  @Test func softplusIsAccurateEverywhere() {
    let x = (-400...400).map { Float($0) * 0.25 }
    for (x, y) in zip(x, Tensor([x.count], x).softplus().elements) {
      let expected = max(Double(x), 0) + Elementary.log(1 + Elementary.exp(-abs(Double(x))))
      #expect(abs(Double(y) - expected) < 3e-7 * max(1, expected), "at \(x)")
    }
  }

  struct Convolution: Sendable, CustomTestStringConvertible {
    let images: Int, height: Int, width: Int, channels: Int, out: Int, kernel: Int, stride: Int
    var padding: Int { kernel / 2 }
    var testDescription: String {
      "\(images) of \(height)x\(width)x\(channels) to \(out), \(kernel)x\(kernel), stride \(stride)"
    }
  }

  static let convolutions: [Convolution] = [
    .init(images: 1, height: 1, width: 1, channels: 1, out: 1, kernel: 3, stride: 1),
    .init(images: 2, height: 5, width: 4, channels: 1, out: 64, kernel: 3, stride: 1),
    .init(images: 3, height: 7, width: 6, channels: 3, out: 33, kernel: 3, stride: 2),
    .init(images: 2, height: 6, width: 5, channels: 2, out: 4, kernel: 3, stride: 2),
    .init(images: 2, height: 4, width: 4, channels: 20, out: 48, kernel: 3, stride: 2),
    .init(images: 5, height: 2, width: 2, channels: 64, out: 64, kernel: 3, stride: 2),
    .init(images: 2, height: 6, width: 5, channels: 7, out: 12, kernel: 5, stride: 1),
    .init(images: 3, height: 14, width: 14, channels: 16, out: 32, kernel: 3, stride: 1),
    .init(images: 9, height: 7, width: 5, channels: 32, out: 16, kernel: 3, stride: 1),
    .init(images: 9, height: 14, width: 14, channels: 4, out: 70, kernel: 1, stride: 1),
    .init(images: 30, height: 14, width: 14, channels: 2, out: 17, kernel: 3, stride: 1),
  ]

  @Test(arguments: convolutions)
  func convolutionsAndTheirGradientsAgreeWithSums(_ c: Convolution) {
    let x = Self.random([c.images, c.height, c.width, c.channels], 3)
    let w = Self.random([c.kernel, c.kernel, c.channels, c.out], 4)
    let outHeight = (c.height + 2 * c.padding - c.kernel) / c.stride + 1
    let outWidth = (c.width + 2 * c.padding - c.kernel) / c.stride + 1
    let g = Self.random([c.images, outHeight, outWidth, c.out], 5)
    let (xs, ws, gs) = (
      x.elements.map(Double.init), w.elements.map(Double.init), g.elements.map(Double.init)
    )
    var y = [Double](repeating: 0, count: gs.count)
    var dx = [Double](repeating: 0, count: xs.count)
    var dw = [Double](repeating: 0, count: ws.count)
    for image in 0..<c.images {
      for oy in 0..<outHeight { for ox in 0..<outWidth { for ky in 0..<c.kernel { for kx in 0..<c.kernel {
        let (iy, ix) = (oy * c.stride + ky - c.padding, ox * c.stride + kx - c.padding)
        guard (0..<c.height).contains(iy), (0..<c.width).contains(ix) else { continue }
        let from = ((image * c.height + iy) * c.width + ix) * c.channels
        let to = ((image * outHeight + oy) * outWidth + ox) * c.out
        for channel in 0..<c.channels { for filter in 0..<c.out {
          let tap = ((ky * c.kernel + kx) * c.channels + channel) * c.out + filter
          y[to + filter] += xs[from + channel] * ws[tap]
          dx[from + channel] += gs[to + filter] * ws[tap]
          dw[tap] += gs[to + filter] * xs[from + channel]
        } }
      } } } }
    }
    let (output, gradients) = Tape.recording { tape in
      let variables = tape.variables([x, w])
      let output = variables[0].convolution(variables[1], stride: c.stride, padding: c.padding)
      return (output.detached, gradient(of: (output * g).sum(), at: variables).map(\.detached))
    }
    let terms = c.kernel * c.kernel * max(c.channels, c.out)
    #expect(output.shape == [c.images, outHeight, outWidth, c.out])
    #expect(Self.agree(output.elements, y, terms: terms))
    #expect(Self.agree(gradients[0].elements, dx, terms: terms))
    #expect(Self.agree(gradients[1].elements, dw, terms: c.images * outHeight * outWidth))
  }
}
