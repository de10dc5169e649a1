import AlphabetTrials
import Tensors

/// The twin network and its loss, number by number in double precision.
struct SlowTwin {
  /// Filters `[3, 3, in, out]` or weights `[in, out]`, each with its bias, as the program has them.
  let widths: [Int]
  let isConvolutional: Bool

  private typealias Image = (height: Int, width: Int, channels: Int, pixels: [Double])

  private func convolved(_ image: Image, _ filters: [Double], _ bias: [Double]) -> Image {
    let outputs = bias.count
    var result = [Double](repeating: 0, count: image.height * image.width * outputs)
    for y in 0..<image.height {
      for x in 0..<image.width {
        for output in 0..<outputs {
          var sum = bias[output]
          for dy in 0..<3 {
            for dx in 0..<3 {
              let (row, column) = (y + dy - 1, x + dx - 1)
              guard row >= 0, row < image.height, column >= 0, column < image.width else { continue }
              for input in 0..<image.channels {
                sum += image.pixels[(row * image.width + column) * image.channels + input]
                  * filters[((dy * 3 + dx) * image.channels + input) * outputs + output]
              }
            }
          }
          result[(y * image.width + x) * outputs + output] = max(0, sum)
        }
      }
    }
    return (image.height, image.width, outputs, result)
  }

  private func pooled(_ image: Image) -> Image {
    let (height, width) = (image.height / 2, image.width / 2)
    var result: [Double] = []
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<image.channels {
          result.append(
            (0..<4).map { image.pixels[((2 * y + $0 / 2) * image.width + 2 * x + $0 % 2) * image.channels + channel] }
              .max()!)
        }
      }
    }
    return (height, width, image.channels, result)
  }

  private func linear(_ x: [Double], _ weight: [Double], _ bias: [Double]) -> [Double] {
    bias.indices.map { output in
      x.indices.reduce(bias[output]) { $0 + x[$1] * weight[$1 * bias.count + output] }
    }
  }

  private func features(_ θ: [[Double]], _ image: Image) -> [Double] {
    var image = image
    for layer in widths.indices {
      let (weight, bias) = (θ[2 * layer], θ[2 * layer + 1])
      if isConvolutional {
        image = pooled(convolved(image, weight, bias))
      } else {
        image = (1, 1, widths[layer], linear(image.pixels, weight, bias).map { max(0, $0) })
      }
    }
    let last = 2 * widths.count
    return linear(image.pixels, θ[last], θ[last + 1]).map { 1 / (1 + exponential(-$0)) }
  }

  /// The mean over pairs of −log p of what they are.
  func loss(_ θ: [[Double]], on pairs: DrawingPairs) -> Double {
    let shape = pairs.first.shape
    let size = shape[1] * shape[2] * shape[3]
    func image(_ images: Tensor, _ index: Int) -> Image {
      (shape[1], shape[2], shape[3], images.elements[index * size..<(index + 1) * size].map(Double.init))
    }
    let last = 2 * widths.count + 2
    let losses = (0..<pairs.count).map { index in
      let (a, b) = (features(θ, image(pairs.first, index)), features(θ, image(pairs.second, index)))
      let score = linear(zip(a, b).map { abs($0 - $1) }, θ[last], θ[last + 1])[0]
      return logarithm(1 + exponential(pairs.same[index] ? -score : score))
    }
    return losses.reduce(0, +) / Double(pairs.count)
  }
}
