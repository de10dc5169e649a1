import Continual
import Episodes
import Foundation
import Randomness
import Tensors

func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }

/// Random grey images of 6 x 6 pixels, of three classes.
func smallImages(_ count: Int, seed: UInt64 = 1) -> LabelledImages {
  var random = RandomStream(seed: seed).generator()
  let labels = (0..<count).map { $0 % 3 }
  let pixels = (0..<count * 36).map { _ in UInt8(random.integer(below: 256)) }
  return LabelledImages(pixels: pixels, labels: labels, classes: 3, height: 6, width: 6)
}

/// Two tasks of such images.
func smallTasks(_ count: Int = 2, region: Int = 6, seed: UInt64 = 7) -> PermutedTasks {
  PermutedTasks(
    count: count, region: region, training: smallImages(30), trainingImages: 20,
    test: smallImages(12, seed: 2), testImages: 10, from: RandomStream(seed: seed))
}

/// A network for them, with parameters that are large enough for sharp answers.
let smallNetwork = DenseNetwork(widths: [36, 5, 4, 3])
let smallParameters = smallNetwork.initialParameters(from: RandomStream(seed: 3)).map { $0 * 2 }
