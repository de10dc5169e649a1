import Foundation

/// Photographs as files of an archive or folder: in folders named for their classes, or on lists.
struct PackedPhotographs: PhotographSource {
  /// What the user gave.
  private let given: URL
  /// What is read: the same, or the archives that lie in it.
  private let containers: [URL]
  private let dataset: PhotographDataset
  /// The classes of images, where lists tell them.
  private let lists: RaviLists?
  private let deadLinks: [String]

  /// - Parameters:
  ///   - given: An archive, a folder that holds archives, or one that holds images.
  ///   - lists: Reads the lists that lie in a folder; nil where there are none.
  /// - Throws: `EpisodesError`.
  init(
    _ given: URL, of dataset: PhotographDataset,
    lists: (_ folder: URL) throws -> RaviLists? = { _ in nil }
  ) throws {
    self.given = given
    self.dataset = dataset
    guard try ArchiveFile.isFolder(given) else {
      containers = [given]
      self.lists = nil
      deadLinks = []
      return
    }
    let found = try lists(given)
    self.lists = found
    let files = try FolderFiles(in: given)
    let archives = files.paths.filter { ArchiveFile.isArchive($0) && !ArchiveFile.isHidden($0) }
    let hasImages = try files.paths.contains { path in
      if case .image = try Self.place(of: path, in: given, dataset, found) { true } else { false }
    }
    containers =
      hasImages || archives.isEmpty ? [given] : archives.map { given.appendingPathComponent($0) }
    deadLinks = files.deadLinks
  }

  func forEachImage(
    where isWanted: (PhotographName) -> Bool, _ body: (Photograph) throws -> Void
  ) throws -> LeftOut {
    var leftOut = LeftOut(file: given.path)
    leftOut.deadLinks = deadLinks
    var seen: Set<Substring> = []
    for container in containers {
      var hasImages = false
      var others = FileCensus()
      try ArchiveFile.forEachFile(in: container, limit: 1 << 24) { path in
        switch try Self.place(of: path, in: container, dataset, lists) {
        case .image(let name):
          hasImages = true
          if lists != nil { seen.insert(name.stem) }
          return isWanted(name) ? name : nil
        case .otherFormat:
          leftOut.otherFormats.count(path)
          others.count(path)
        case .outside: leftOut.outside.append(path)
        case .unlisted: leftOut.unlisted.append(path)
        case .other:
          others.count(path)
          if Self.isCollection(path) { leftOut.beside.append(path) }
        }
        return nil
      } _: { name, path, content in
        try body(Photograph(name: name, entry: path, file: container.path, content: .file(content)))
      }
      guard hasImages else {
        throw EpisodesError.noPhotographs(
          file: container.path, found: leftOut.images ?? others.text, dataset: dataset.name)
      }
    }
    leftOut.absent = lists?.missing(from: seen) ?? []
    leftOut.listed = lists?.count ?? 0
    return leftOut
  }

  // MARK: Paths

  /// What a path says about its file.
  private enum Place {
    case image(PhotographName), otherFormat, outside, unlisted, other
  }

  /// Whether a file may hold many images, by its name.
  static func isCollection(_ path: String) -> Bool {
    (ArchiveFile.isArchive(path) || Pickle.isPickle(path)) && !ArchiveFile.isHidden(path)
  }

  /// The endings of files that are taken for images.
  static let endings = ["jpg", "jpeg", "png"]

  /// - Throws: `EpisodesError.unknownClass`, `.badList` where a folder and a list disagree.
  private static func place(
    of path: String, in container: URL, _ dataset: PhotographDataset, _ lists: RaviLists?
  ) throws -> Place {
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last, !ArchiveFile.isHidden(path) else { return .other }
    let isImage = endings.contains(FileCensus.ending(of: name))
    let folder = parts.dropLast().last
    let className = folder.flatMap { dataset.folders[$0] }
    if let lists {
      guard let listed = lists[name] else { return isImage ? .unlisted : .other }
      if let className, className != listed.className {
        throw EpisodesError.badList(
          file: listed.file, line: listed.line,
          reason: "'\(name)' is of class \(listed.className) here, but lies in '\(folder!)'")
      }
      return isImage
        ? .image(PhotographName(className: listed.className, name: name)) : .otherFormat
    }
    if let className {
      let unique = dataset.isNamedByPath ? path : name
      return isImage ? .image(PhotographName(className: className, name: unique)) : .otherFormat
    }
    guard isImage else { return .other }
    if let folder, dataset.isClassLike(folder) {
      throw EpisodesError.unknownClass(
        folder, entry: path, file: container.path, dataset: dataset.name)
    }
    return .outside
  }
}
