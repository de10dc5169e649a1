import Digests
import Randomness
import Storage
import Tensors

/// Images sorted by class, kept in memory as bytes and turned into episodes on demand.
///
/// An episode costs little more than reading its pixels: they go straight into the episode's two
/// tensors. Rotations by 90 degrees are made at that moment, so that they take no memory.
public struct ClassImages: EpisodeSource {
  /// `[examples of all classes before rotation, height, width, channels]`; 255 is 1.
  private let pixels: [UInt8]
  private let channels: Int, height: Int, width: Int
  /// Where the examples of each class before rotation begin, and where the last ones end.
  private let starts: [Int]
  private let fewestExamples: Int
  private let rotations: Int
  private let classes: Int

  /// How many examples the classes have; nil where that never varies.
  public let examplesPerClass: ExampleCount?
  /// Of the content: classes, examples and pixels.
  public let digest: String
  public var classCount: Int? { classes }
  public var inputKind: InputKind { .images(channels: channels, height: height, width: width) }

  /// - Parameters:
  ///   - pixels: `[classes, examplesPerClass, height, width, channels]`, row-major.
  ///   - rotations: 1, or 4 to add each class turned by 90, 180 and 270 degrees (counterclockwise)
  ///     as three classes of their own, which follow it directly.
  /// - Precondition: `pixels` fills whole classes; images to be rotated are square.
  public init(
    pixels: [UInt8], examplesPerClass: Int, channels: Int, height: Int, width: Int,
    rotations: Int = 1
  ) {
    let perClass = examplesPerClass * channels * height * width
    precondition(!pixels.isEmpty && pixels.count % perClass == 0, "a class is not complete")
    precondition(rotations == 1 || rotations == 4, "rotations are all four or none")
    precondition(rotations == 1 || height == width, "only square images can be rotated")
    self.pixels = pixels
    self.channels = channels
    self.height = height
    self.width = width
    self.rotations = rotations
    starts = (0...pixels.count / perClass).map { $0 * examplesPerClass }
    fewestExamples = examplesPerClass
    classes = pixels.count / perClass * rotations
    self.examplesPerClass = nil

    var digest = Digest()
    digest.absorb("class images 1")
    digest.absorb([examplesPerClass, channels, height, width, rotations])
    digest.absorb(pixels)
    self.digest = digest.hex
  }

  /// Classes that need not have equally many examples.
  ///
  /// - Parameters:
  ///   - pixels: The examples of one class after the other, each `[height, width, channels]`.
  ///   - counts: Examples of each class.
  ///   - complete: Examples of every class of the complete dataset.
  ///   - digest: Of all of that.
  /// - Precondition: `pixels` holds as many examples as `counts` says, and no count is 0.
  init(
    pixels: [UInt8], counts: [Int], channels: Int, height: Int, width: Int, complete: Int,
    digest: String
  ) {
    precondition(counts.allSatisfy { $0 > 0 }, "a class has no examples")
    self.pixels = pixels
    self.channels = channels
    self.height = height
    self.width = width
    self.digest = digest
    rotations = 1
    starts = counts.reduce(into: [0]) { $0.append($0.last! + $1) }
    precondition(pixels.count == starts.last! * channels * height * width, "images are missing")
    fewestExamples = counts.min()!
    classes = counts.count
    examplesPerClass = ExampleCount(fewest: fewestExamples, most: counts.max()!, complete: complete)
  }

  /// - Precondition: `way` classes and `shot + query` examples per class exist.
  /// - Complexity: O(way * (shot + query)) images.
  public func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    let perClass = shape.shot + shape.query
    precondition(shape.way <= classes, "\(shape.way)-way, but there are \(classes) classes")
    precondition(perClass <= fewestExamples, "a class has \(fewestExamples) examples")
    var random = stream.generator()
    var support: [Place] = []
    var query: [Place] = []
    support.reserveCapacity(shape.way * shape.shot)
    query.reserveCapacity(shape.way * shape.query)
    for (label, index) in random.sample(shape.way, from: classes).enumerated() {
      for (order, example) in random.sample(perClass, from: examples(of: index)).enumerated() {
        let place = Place(index: index, example: example, label: label)
        if order < shape.shot { support.append(place) } else { query.append(place) }
      }
    }
    return Episode(
      support: examples(at: support, of: shape.way), query: examples(at: query, of: shape.way))
  }

  /// Examples drawn uniformly, with repetition, over all pairs of a class and an example of it.
  public func batch(_ count: Int, from stream: RandomStream) -> Examples {
    var random = stream.generator()
    let places = (0..<count).map { _ in
      let drawn = random.integer(below: starts.last! * rotations)
      // The rotations of a class follow each other, each with all of its examples.
      let upright = uprightClass(holding: drawn / rotations)
      let (turns, example) = (drawn - starts[upright] * rotations)
        .quotientAndRemainder(dividingBy: starts[upright + 1] - starts[upright])
      let index = upright * rotations + turns
      return Place(index: index, example: example, label: index)
    }
    return examples(at: places, of: classes)
  }

  /// Examples of which one knows where they are, in that order: `[examples, height, width, channels]`.
  ///
  /// - Precondition: There are such classes, and such examples of them.
  public func inputs(at places: [(index: Int, example: Int)]) -> Tensor {
    examples(at: places.map { Place(index: $0.index, example: $0.example, label: 0) }, of: 1).inputs
  }

  /// Examples of a class after rotation.
  private func examples(of index: Int) -> Int {
    starts[index / rotations + 1] - starts[index / rotations]
  }

  /// The class before rotation that has the example at this position among all.
  ///
  /// - Complexity: O(log classes).
  private func uprightClass(holding position: Int) -> Int {
    var (low, high) = (0, starts.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= position { low = middle } else { high = middle }
    }
    return low
  }

  /// Where an example is, and the label it gets.
  private struct Place {
    let index: Int, example: Int, label: Int
  }

  private func examples(at places: [Place], of way: Int) -> Examples {
    let size = height * width * channels
    let inputs = Tensor([places.count, height, width, channels]) { output in
      pixels.withUnsafeBufferPointer { pixels in
        for (position, place) in places.enumerated() {
          let image = starts[place.index / rotations] + place.example
          copy(
            pixels.baseAddress! + image * size, to: output.baseAddress! + position * size,
            turns: place.index % rotations)
        }
      }
    }
    return Examples(inputs: inputs, targets: .classes(places.map(\.label), of: way))
  }

  /// One image, turned counterclockwise by `turns` right angles.
  private func copy(
    _ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<Float>, turns: Int
  ) {
    guard turns > 0 else {
      for i in 0..<height * width * channels { target[i] = Float(source[i]) * (1 / 255) }
      return
    }
    // Where the first pixel comes from, and how far apart the sources of neighbours lie.
    let last = width - 1
    let (start, right, down) =
      switch turns {
      case 1: (last, width, -1)
      case 2: (last * width + last, -1, -width)
      default: (last * width, -width, 1)
      }
    var to = target
    for y in 0..<width {
      var from = source + (start &+ y &* down) &* channels
      for _ in 0..<width {
        for channel in 0..<channels { to[channel] = Float(from[channel]) * (1 / 255) }
        to += channels
        from += right &* channels
      }
    }
  }
}
