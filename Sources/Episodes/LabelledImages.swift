import Digests

/// All images of one part with their labels, in a fixed order.
///
/// What a learner is trained on whose tasks consist of the same images every time, as those of continual
/// learning do: it permutes, divides and orders them itself. Parts hold other images of the same classes.
public struct LabelledImages: TaskSource {
  /// `[images, height, width, channels]`, row-major; 255 is 1.
  public let pixels: [UInt8]
  /// The class of each image, in `0..<classes`.
  public let labels: [Int]
  /// The number of classes.
  public let classes: Int
  /// The number of channels.
  public let channels: Int
  /// Rows of an image.
  public let height: Int
  /// Columns of an image.
  public let width: Int
  /// The hexadecimal SHA-256 of shape, pixels and labels.
  public let digest: String

  /// - Precondition: `pixels` holds as many images as there are labels, each of `0..<classes`.
  public init(
    pixels: [UInt8], labels: [Int], classes: Int, channels: Int = 1, height: Int, width: Int
  ) {
    precondition(pixels.count == labels.count * channels * height * width, "images are missing")
    precondition(labels.allSatisfy { (0..<classes).contains($0) }, "a label is no class")
    self.pixels = pixels
    self.labels = labels
    self.classes = classes
    self.channels = channels
    self.height = height
    self.width = width
    var digest = Digest()
    digest.absorb("labelled images 1")
    digest.absorb([classes, channels, height, width])
    digest.absorb(pixels)
    digest.absorb(labels)
    self.digest = digest.hex
  }

  /// The number of images.
  public var count: Int { labels.count }
  /// Numbers of one image.
  public var size: Int { channels * height * width }
}
