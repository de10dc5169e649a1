import Episodes
import Testing

@Suite struct StrokeDigitsTests {
  @Test func everyPartHasAsManyOfEachDigit() {
    for part in Part.allCases {
      let images = StrokeDigits.images(of: part)
      let split = Datasets.named("digits")!.splits[0]
      #expect(images.count == split.images[part])
      #expect(Set((0..<10).map { digit in images.labels.count { $0 == digit } }) == [images.count / 10])
      #expect(images.count / 10 >= split.examplesPerClass)
    }
    #expect(Set(Part.allCases.map { StrokeDigits.images(of: $0).digest }).count == 3)
  }

  @Test func theRenderedPartHasItsGoldenDigest() {
    #expect(StrokeDigits.images(of: .validation).digest.hasPrefix("3bc6f4c0461cb3bf"))
  }

  /// Digits can be told apart by the nearest mean of the training images, but not always.
  @Test func theyAreDigitsThatDiffer() {
    let train = StrokeDigits.images(of: .train)
    let test = StrokeDigits.images(of: .test)
    var means = [[Double]](repeating: Array(repeating: 0, count: 784), count: 10)
    for (place, label) in train.labels.enumerated() {
      for pixel in 0..<784 { means[label][pixel] += Double(train.pixels[place * 784 + pixel]) / 200 }
    }
    let right = test.labels.indices.count { place in
      let distances = means.map { mean in
        (0..<784).reduce(0.0) { sum, pixel in
          let difference = mean[pixel] - Double(test.pixels[place * 784 + pixel])
          return sum + difference * difference
        }
      }
      return distances.firstIndex(of: distances.min()!) == test.labels[place]
    }
    let accuracy = Double(right) / 1000
    #expect(0.7 < accuracy && accuracy < 0.99, "nearest mean: \(accuracy)")
  }
}
