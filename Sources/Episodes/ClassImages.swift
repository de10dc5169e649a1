import Randomness
import Storage
import Tensors

/// Images sorted by class, kept in memory as bytes and turned into episodes on demand.
///
/// An episode costs little more than reading its pixels: they go straight into the episode's two
/// tensors. Rotations by 90 degrees are made at that moment, so that they take no memory.
public struct ClassImages: EpisodeSource {
  /// `[classes before rotation, examples, height, width, channels]`; 255 is 1.
  private let pixels: [UInt8]
  private let channels: Int, height: Int, width: Int
  private let examplesPerClass: Int
  private let rotations: Int
  private let classes: Int

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
    self.examplesPerClass = examplesPerClass
    self.rotations = rotations
    classes = pixels.count / perClass * rotations

    var digest = Digest()
    digest.absorb("class images 1")
    digest.absorb([examplesPerClass, channels, height, width, rotations])
    digest.absorb(pixels)
    self.digest = digest.hex
  }

  /// - Precondition: `way` classes and `shot + query` examples per class exist.
  /// - Complexity: O(way * (shot + query)) images.
  public func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    let perClass = shape.shot + shape.query
    precondition(shape.way <= classes, "\(shape.way)-way, but there are \(classes) classes")
    precondition(perClass <= examplesPerClass, "a class has \(examplesPerClass) examples")
    var random = stream.generator()
    var support: [Place] = []
    var query: [Place] = []
    support.reserveCapacity(shape.way * shape.shot)
    query.reserveCapacity(shape.way * shape.query)
    for (label, index) in random.sample(shape.way, from: classes).enumerated() {
      for (order, example) in random.sample(perClass, from: examplesPerClass).enumerated() {
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
      let drawn = random.integer(below: classes * examplesPerClass)
      let index = drawn / examplesPerClass
      return Place(index: index, example: drawn % examplesPerClass, label: index)
    }
    return examples(at: places, of: classes)
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
          let image = place.index / rotations * examplesPerClass + place.example
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
