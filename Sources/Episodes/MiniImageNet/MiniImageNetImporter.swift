import Foundation
import Storage
import Tensors

/// Packs the images of miniImageNet into one file of the data directory.
///
/// There is no official archive: what is taken is any archive or folder with `.../class/image.jpg`,
/// complete or not, the usual folder of images with the lists of Ravi and Larochelle, and the pickles
/// that many share. The class alone decides to which part an image belongs. Which images there are is
/// recorded, and the same ones give the same file, byte for byte.
public enum MiniImageNetImporter {
  /// Imports whatever images there are; an earlier import is replaced, not added to.
  ///
  /// Archives are read twice: first for what they hold, then to decode it, on all threads.
  ///
  /// - Parameters:
  ///   - archives: Archives, pickles, or folders that hold them or images.
  ///   - data: The data directory; it is made if it is not there.
  ///   - replacing: Whether an earlier import may be replaced that has more images of some class.
  ///   - progress: Called now and then with the finished part, in 0...1.
  /// - Throws: `EpisodesError` for anything wrong with the archives, a damaged image among it,
  ///   `StorageError.noSpace` or `.notWritable`; an earlier import is then as it was.
  /// - Complexity: Half a minute for all 60,000 images on two cores; under 100 MB of memory, and what the
  ///   system lends for pickles.
  public static func run(
    archives: [URL], into data: URL, replacing: Bool = false,
    progress: (Double) -> Void = { _ in }
  ) throws -> ImportSummary {
    guard !archives.isEmpty else {
      throw EpisodesError.nothingToImport(
        dataset: MiniImageNet.name, files: ["FOLDER"])
    }
    let listing = try PhotographListing(
      archives.flatMap(sources), of: MiniImageNet.photographs
    ) { progress(0.3 * $0) }
    let file = try listing.write(
      to: Datasets.file(of: MiniImageNet.name, in: data)!, kind: MiniImageNet.name,
      replacing: replacing
    ) { progress(0.3 + 0.65 * $0) }
    progress(1)
    return ImportSummary(
      dataset: MiniImageNet.name, file: file.url, classes: file.classes.count,
      examples: listing.count, digest: file.digest,
      note: file.content(of: MiniImageNet.split, complete: MiniImageNet.examplesPerClass),
      remarks: listing.remarks)
  }

  /// What the user means by one argument.
  private static func sources(_ given: URL) throws -> [any PhotographSource] {
    if !(try ArchiveFile.isFolder(given)) {
      return Pickle.isPickle(given.path)
        ? [try PickledPhotographs(given)]
        : [try PackedPhotographs(given, of: MiniImageNet.photographs)]
    }
    let pickles = ["train", "val", "test"].map { "mini-imagenet-cache-\($0).pkl" }
      .filter { FileManager.default.fileExists(atPath: given.appendingPathComponent($0).path) }
    guard pickles.isEmpty else {
      let others = try FolderFiles(in: given).paths.filter { !pickles.contains($0) }
      let images = FileCensus(
        others.filter { PackedPhotographs.endings.contains(FileCensus.ending(of: $0)) })
      let beside =
        others.filter(PackedPhotographs.isCollection) + (images.isEmpty ? [] : [images.text])
      return try pickles.map { pickle in
        try PickledPhotographs(
          given.appendingPathComponent(pickle), beside: pickle == pickles[0] ? beside : [])
      }
    }
    return [
      try PackedPhotographs(
        given, of: MiniImageNet.photographs, lists: RaviLists.init(inFolder:))
    ]
  }
}
