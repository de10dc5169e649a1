import Episodes
import Randomness
import Tensors

/// The source of functions: the curves of a regression dataset, or images as functions of position.
public struct FunctionSource: Sendable {
  private enum Origin {
    case curves(any EpisodeSource)
    case classes(any EpisodeSource, Picture)
    case images(LabelledImages)
  }

  private let origin: Origin

  /// The functions of one part of a dataset; nil if the dataset has no functions.
  public init?(_ source: any TaskSource) {
    if let images = source as? LabelledImages {
      origin = .images(images)
    } else if let source = source as? any EpisodeSource {
      switch source.inputKind {
      case .images(let channels, let height, let width):
        origin = .classes(source, Picture(channels: channels, height: height, width: width))
      case .vectors:
        guard source.classCount == nil else { return nil }
        origin = .curves(source)
      }
    } else {
      return nil
    }
  }

  /// Different points of the function that `stream` addresses, in random order.
  ///
  /// - Precondition: An image has as many pixels.
  public func points(_ count: Int, from stream: RandomStream) -> Points {
    guard let (picture, values) = image(from: stream.child("image")) else { return curve(count, from: stream) }
    var random = stream.child("pixels").generator()
    return picture.points(at: random.sample(count, from: picture.pixels), of: values)
  }

  /// What an iteration learns from: `count` functions, of each of which a number of points in `contexts` is told,
  /// all numbers equally probable.
  ///
  /// - Parameter order: Which functions are learned from, in which order.
  public func batch(
    _ count: Int, points: Int, contexts: ClosedRange<Int>, iteration: Int, order: RandomStream
  ) -> FunctionBatch {
    let streams = (0..<count).map { order.child("function", iteration, $0) }
    return FunctionBatch(
      Workers.map(count) { self.points(points, from: streams[$0]) },
      contexts: streams.map { stream in
        var random = stream.child("contexts").generator()
        return contexts.lowerBound + random.integer(below: contexts.count)
      })
  }

  /// The task that `stream` addresses.
  ///
  /// Of a curve all points are drawn at random. Of an image contexts and targets are drawn apart, so that as many
  /// targets as pixels are the whole image, with what was told.
  ///
  /// - Precondition: An image has as many pixels as either.
  public func task(contexts: Int, targets: Int, from stream: RandomStream) -> FunctionTask {
    guard let (picture, values) = image(from: stream.child("image")) else {
      let all = curve(contexts + targets, from: stream)
      func part(_ range: Range<Int>) -> Points {
        Points(inputs: all.inputs.slice(0, range), values: all.values.slice(0, range))
      }
      return FunctionTask(contexts: part(0..<contexts), targets: part(contexts..<contexts + targets))
    }
    func points(_ count: Int, _ purpose: String) -> Points {
      var random = stream.child(purpose).generator()
      return picture.points(at: random.sample(count, from: picture.pixels), of: values)
    }
    return FunctionTask(contexts: points(contexts, "contexts"), targets: points(targets, "targets"))
  }

  private func curve(_ count: Int, from stream: RandomStream) -> Points {
    guard case .curves(let source) = origin else { preconditionFailure("images are no curves") }
    let examples = source.episode(EpisodeShape(way: 1, shot: count, query: 0), from: stream).support
    guard case .values(let values) = examples.targets else { preconditionFailure("curves have values") }
    return Points(inputs: examples.inputs, values: values)
  }

  /// One image, drawn uniformly from all of the part; nil of curves.
  private func image(from stream: RandomStream) -> (Picture, values: [Float])? {
    switch origin {
    case .curves: return nil
    case .classes(let source, let picture): return (picture, source.batch(1, from: stream).inputs.elements)
    case .images(let images):
      var random = stream.generator()
      let first = random.integer(below: images.count) * images.size
      return (
        Picture(channels: images.channels, height: images.height, width: images.width),
        images.pixels[first..<first + images.size].map { Float($0) * (1 / 255) }
      )
    }
  }
}

/// The size of images.
private struct Picture {
  let channels: Int, height: Int, width: Int

  var pixels: Int { height * width }

  /// Pixels counted row by row, as points: the first row and column are at -1, the last at 1.
  func points(at places: [Int], of values: [Float]) -> Points {
    func scaled(_ place: Int, _ length: Int) -> Float { 2 * Float(place) / Float(max(1, length - 1)) - 1 }
    return Points(
      inputs: Tensor([places.count, 2], places.flatMap { [scaled($0 / width, height), scaled($0 % width, width)] }),
      values: Tensor(
        [places.count, channels],
        places.flatMap { place in values[place * channels..<(place + 1) * channels] }))
  }
}
