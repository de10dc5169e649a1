import Foundation

/// Which images archives and folders hold and where each belongs, found before any is decoded.
///
/// An image is known by its class and its name: within a class images are sorted by name, so that the
/// same images come to the same places however they were packed.
struct MiniImageNetListing {
  /// An image as it was found: still a JPEG.
  struct Found: Sendable {
    /// The path within the archive or folder.
    let entry: String
    /// The archive or folder.
    let file: String
    let jpeg: [UInt8]
    /// Among all images, in the order of the classes.
    let place: Int
  }

  /// The classes of which there are images, in the order of training, validation and test.
  let classes: [(name: String, count: Int)]

  private let sources: [Source]
  /// Places by `class/name`.
  private let places: [String: Int]

  /// - Parameters:
  ///   - given: Archives, folders that hold archives, folders with the lists of Ravi and Larochelle
  ///     beside their images, or folders that archives unpack to.
  ///   - progress: Called with the finished part, in 0...1.
  /// - Throws: `EpisodesError` for what cannot be read or does not belong here.
  init(_ given: [URL], progress: (Double) -> Void) throws {
    sources = try given.flatMap(Source.all)
    var names: [String: [String]] = [:]
    var seen: Set<String> = []
    for (index, source) in sources.enumerated() {
      let before = seen.count
      for path in try Archive.paths(in: source.url) {
        guard let image = try source.image(path) else { continue }
        guard seen.insert(image.key).inserted else {
          throw EpisodesError.duplicateImage(entry: path, file: source.url.path)
        }
        names[image.className, default: []].append(image.name)
      }
      guard seen.count > before else { throw EpisodesError.noPhotographs(file: source.url.path) }
      progress(Double(index + 1) / Double(sources.count))
    }
    classes = MiniImageNet.split.classes.compactMap { name in
      names[name].map { (name, $0.count) }
    }
    let sorted = classes.flatMap { item in names[item.name]!.sorted().map { "\(item.name)/\($0)" } }
    places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
  }

  /// The number of images.
  var count: Int { places.count }

  /// Calls `body` with every image, in the order in which archives have them.
  ///
  /// - Throws: `EpisodesError`, and what `body` throws.
  func forEachImage(_ body: (Found) throws -> Void) throws {
    for source in sources {
      func place(_ path: String) -> Int? {
        // What does not belong here was an error before.
        (try? source.image(path)).flatMap { places[$0.key] }
      }
      try Archive.forEachFile(in: source.url, where: { place($0) != nil }) { path, content in
        try body(
          Found(entry: path, file: source.url.path, jpeg: content, place: place(path)!))
      }
    }
  }

  // MARK: Where images are

  /// An archive or a folder, and how its paths tell the class of an image.
  private struct Source {
    let url: URL
    /// Classes by file name, as Ravi's lists have them; nil where an image's folder is its class.
    let listed: [String: String]?

    /// What the user means by one argument.
    static func all(_ given: URL) throws -> [Source] {
      guard try Archive.isFolder(given) else { return [Source(url: given, listed: nil)] }
      if let listed = try RaviLists.classes(inFolder: given) {
        return [Source(url: given, listed: listed)]
      }
      let archives = Archive.archives(inFolder: given)
      return (archives.isEmpty ? [given] : archives).map { Source(url: $0, listed: nil) }
    }

    struct Image {
      let className: String, name: String
      var key: String { "\(className)/\(name)" }
    }

    /// The image at a path; nil for other files.
    ///
    /// - Throws: `EpisodesError.unknownClass`.
    func image(_ path: String) throws -> Image? {
      let parts = path.split(separator: "/")
      // Besides images, archives may hold the Finder's copies of their attributes: `.../._name.jpg`.
      guard let name = parts.last.map(String.init),
        [".jpg", ".jpeg"].contains(where: name.lowercased().hasSuffix),
        !parts.contains(where: { $0.hasPrefix(".") && $0 != "." })
      else { return nil }
      if let listed { return listed[name].map { Image(className: $0, name: name) } }
      guard parts.count > 1, case let folder = parts[parts.count - 2], Self.isClassName(folder)
      else { return nil }
      guard Self.known.contains(String(folder)) else {
        throw EpisodesError.unknownClass(
          String(folder), entry: path, file: url.path, dataset: MiniImageNet.name)
      }
      return Image(className: String(folder), name: name)
    }

    private static let known = Set(MiniImageNet.split.classes)

    /// Whether it looks like a class of ImageNet: `n01532829`.
    private static func isClassName(_ text: Substring) -> Bool {
      text.utf8.count == 9 && text.hasPrefix("n") && text.dropFirst().allSatisfy(\.isNumber)
    }
  }
}
