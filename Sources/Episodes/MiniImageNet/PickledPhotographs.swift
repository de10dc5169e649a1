import Foundation

/// A part of miniImageNet as it is often shared: `mini-imagenet-cache-train.pkl` and its like, a
/// dictionary with `image_data`, `[images, 84, 84, 3]`, and `class_dict`, which tells where the images of
/// each class are.
///
/// These pickles do not tell the names of images: each is named by its place.
struct PickledPhotographs: PhotographSource {
  private let url: URL
  private let beside: [String]
  private let pixels: Data
  /// Places of images by class.
  private let places: [(className: String, places: [Int])]

  private static let size = MiniImageNet.side * MiniImageNet.side * 3

  /// - Parameter beside: What lies beside it and is not imported.
  /// - Throws: `EpisodesError.badPickle`, `.unreadable`, `.unknownClass`.
  init(_ url: URL, beside: [String] = []) throws {
    self.url = url
    self.beside = beside
    let content: PickleValue
    do {
      content = try Pickle.value(in: ArchiveFile.data(of: url, isMapped: true))
    } catch let failure as Pickle.Failure {
      throw EpisodesError.badPickle(file: url.path, reason: failure.reason)
    }
    guard case .array(let shape, "u1", let elements) = content["image_data"],
      case .dictionary(let classes) = content["class_dict"]
    else {
      let keys = content.keys.map { "'\($0)'" }
      throw EpisodesError.badPickle(
        file: url.path,
        reason: "'image_data' (an array of bytes) and 'class_dict' are wanted, but it has "
          + (keys.isEmpty ? "neither" : keys.listed))
    }
    let side = MiniImageNet.side
    guard shape.count == 4, Array(shape.dropFirst()) == [side, side, 3] else {
      throw EpisodesError.badPickle(
        file: url.path, reason: "'image_data' is \(shape) instead of [images, \(side), \(side), 3]")
    }
    pixels = elements
    places = try classes.map { item in
      let name = item.key.string ?? "?"
      guard MiniImageNet.photographs.folders[name] != nil else {
        throw EpisodesError.unknownClass(
          name, entry: "class_dict", file: url.path, dataset: MiniImageNet.name)
      }
      guard let places = item.value.integers,
        places.allSatisfy({ (0..<shape[0]).contains($0) })
      else {
        throw EpisodesError.badPickle(
          file: url.path, reason: "'class_dict' names images of \(name) that are not there")
      }
      return (name, places)
    }
  }

  func forEachImage(
    where isWanted: (PhotographName) -> Bool, _ body: (Photograph) throws -> Void
  ) throws -> LeftOut {
    for item in places {
      for place in item.places {
        let name = PhotographName(
          className: item.className, name: String(format: "%08d", place))
        guard isWanted(name) else { continue }
        let start = pixels.startIndex + place * Self.size
        try body(
          Photograph(
            name: name, entry: "image \(place)", file: url.path,
            content: .pixels(Array(pixels[start..<start + Self.size]))))
      }
    }
    var leftOut = LeftOut(file: url.path)
    leftOut.beside = beside
    let named = Set(places.flatMap(\.places))
    leftOut.outside = (0..<pixels.count / Self.size).filter { !named.contains($0) }
      .map { "image \($0)" }
    return leftOut
  }
}
