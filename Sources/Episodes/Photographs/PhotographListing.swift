import Digests
import Foundation
import Storage

/// Which photographs there are and where each belongs, found before any is decoded.
///
/// An image is known by its class and its name: within a class images are sorted by name, so that the
/// same images come to the same places however they were packed.
///
/// Copies are left out: what is there under one name in two formats, and what has the same bytes as
/// another image of its class and is named after it, as `x (1).jpg` after `x.jpg`. Other identical
/// images stay, for datasets have them, and are told.
struct PhotographListing {
  /// The classes of which there are images, in the order of the dataset.
  let classes: [(name: String, count: Int)]
  /// What was left out and what is strange, a sentence each.
  let remarks: [String]

  let dataset: PhotographDataset
  private let sources: [any PhotographSource]
  private let places: [PhotographName: Int]

  /// Reads all sources.
  ///
  /// - Parameter progress: Called with the finished part, in 0...1.
  /// - Throws: `EpisodesError` for what cannot be read or does not belong here.
  init(
    _ sources: [any PhotographSource], of dataset: PhotographDataset, progress: (Double) -> Void
  ) throws {
    var digests: [PhotographName: UInt64] = [:]
    var remarks: [String] = []
    for (index, source) in sources.enumerated() {
      let leftOut = try source.forEachImage(where: { _ in true }) { image in
        var digest = Digest()
        digest.absorb(bytes: image.content.bytes)
        guard digests.updateValue(digest.prefix64, forKey: image.name) == nil else {
          throw EpisodesError.duplicateImage(entry: image.entry, file: image.file)
        }
      }
      remarks += leftOut.remarks
      progress(Double(index + 1) / Double(sources.count))
    }
    let copies = ImageCopies(among: digests)
    let kept = copies.kept.sorted()
    let counts = Dictionary(grouping: kept, by: \.className).mapValues(\.count)
    let classes = dataset.classes.compactMap { name in counts[name].map { (name: name, count: $0) } }
    var starts: [String: Int] = [:]
    var start = 0
    for item in classes {
      starts[item.name] = start
      start += item.count
    }
    var places: [PhotographName: Int] = [:]
    for image in kept {
      places[image] = starts[image.className]!
      starts[image.className]! += 1
    }
    self.dataset = dataset
    self.sources = sources
    self.classes = classes
    self.places = places
    self.remarks = remarks + copies.remarks
  }

  /// The number of images.
  var count: Int { places.count }

  /// Calls `body` with every image and its place among all, in the order in which sources have them.
  ///
  /// - Throws: `EpisodesError`, and what `body` throws.
  func forEachImage(_ body: (Photograph, _ place: Int) throws -> Void) throws {
    for source in sources {
      try source.forEachImage(where: { places[$0] != nil }) { try body($0, places[$0.name]!) }
    }
  }
}
