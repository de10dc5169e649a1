import Digests
import Episodes
import Randomness

/// The tasks of one unit, in the order in which they are learned: the same images under other
/// permutations of their pixels.
///
/// Permutations are drawn once and for all, from the unit's stream and the task's number alone, so that a
/// task is the same for every system and however many follow it. No task is the images as they are: a
/// network that begins at random could not tell the difference.
///
/// Reference: Goodfellow, Mirza, Xiao, Courville, Bengio (2014), An empirical investigation of
/// catastrophic forgetting in gradient-based neural networks; Kirkpatrick et al. (2017), section 2.2.
public struct PermutedTasks: Sendable {
  /// Where each number of an image comes from, task by task.
  public let permutations: [[Int]]
  private let training: (images: LabelledImages, places: [Int])
  private let test: (images: LabelledImages, places: [Int])

  /// - Parameters:
  ///   - count: The number of tasks.
  ///   - region: The side of the central square whose pixels are permuted, others staying where they are.
  ///   - training: Images for training: `trainingImages` of them are drawn for the unit.
  ///   - test: Images for testing: `testImages` of them are drawn for the unit.
  ///   - stream: The address of the unit.
  /// - Precondition: The square lies within the images, and there are as many images as are drawn.
  public init(
    count: Int, region: Int, training: LabelledImages, trainingImages: Int, test: LabelledImages,
    testImages: Int, from stream: RandomStream
  ) {
    precondition(region <= min(training.height, training.width), "the square is larger than images")
    permutations = (0..<count).map { task in
      Self.permutation(of: training, region: region, from: stream.child("permutation", task))
    }
    func drawn(_ count: Int, of images: LabelledImages, _ purpose: String) -> [Int] {
      var random = stream.child(purpose).generator()
      return random.sample(count, from: images.count)
    }
    self.training = (training, drawn(trainingImages, of: training, "training images"))
    self.test = (test, drawn(testImages, of: test, "test images"))
  }

  /// The number of tasks.
  public var count: Int { permutations.count }

  /// What is learned from in a task.
  public func trainingExamples(of task: Int) -> TaskExamples {
    TaskExamples(
      images: training.images, places: training.places, permutation: permutations[task])
  }

  /// What is tested on in a task.
  public func testExamples(of task: Int) -> TaskExamples {
    TaskExamples(images: test.images, places: test.places, permutation: permutations[task])
  }

  /// A digest of permutations and images: equal digests mean equal tasks in the same order.
  public var digest: UInt64 {
    var digest = Digest()
    digest.absorb("permuted tasks 1")
    for set in [training, test] {
      digest.absorb(set.images.digest)
      digest.absorb(set.places)
    }
    for permutation in permutations { digest.absorb(permutation) }
    return digest.prefix64
  }

  private static func permutation(
    of images: LabelledImages, region: Int, from stream: RandomStream
  ) -> [Int] {
    let (top, left) = ((images.height - region) / 2, (images.width - region) / 2)
    let square = (0..<region * region).map { index in
      (top + index / region) * images.width + left + index % region
    }
    var random = stream.generator()
    let order = random.permutation(of: square.count)
    var pixels = Array(0..<images.height * images.width)
    for (place, source) in zip(square, order) { pixels[place] = square[source] }
    return pixels.flatMap { pixel in
      (0..<images.channels).map { pixel * images.channels + $0 }
    }
  }
}
