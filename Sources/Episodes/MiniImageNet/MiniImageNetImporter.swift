import Foundation
import Storage
import Tensors

/// Packs the images of miniImageNet into one file of the data directory.
///
/// There is no official archive: what is taken is any archive with `.../class/image.jpg`, complete or
/// not, and the usual folder of images with the lists of Ravi and Larochelle. The class alone decides
/// to which part an image belongs. Which images there are is recorded, and the same ones give the
/// same file, byte for byte.
public enum MiniImageNetImporter {
  /// Imports whatever images there are; an earlier import is replaced, not added to.
  ///
  /// Archives are read twice: first for what they hold, then to decode it, on all threads.
  ///
  /// - Parameters:
  ///   - archives: The archives, or folders that hold archives or images.
  ///   - data: The data directory; it is made if it is not there.
  ///   - progress: Called now and then with the finished part, in 0...1.
  /// - Throws: `EpisodesError` for anything wrong with the archives, a damaged image among it,
  ///   `StorageError.noSpace` or `.notWritable`; an earlier import is then as it was.
  /// - Complexity: Half a minute for all 60,000 images on two cores; under 100 MB of memory.
  public static func run(
    archives: [URL], into data: URL, progress: (Double) -> Void = { _ in }
  ) throws -> ImportSummary {
    guard !archives.isEmpty else {
      throw EpisodesError.nothingToImport(
        dataset: MiniImageNet.name, files: ["FOLDER"])
    }
    let listing = try MiniImageNetListing(archives) { progress(0.3 * $0) }
    let file = try ClassImageFile.write(
      to: Datasets.file(of: MiniImageNet.name, in: data)!, kind: MiniImageNet.name,
      height: MiniImageNet.side, width: MiniImageNet.side, classes: listing.classes
    ) { store in
      var batch: [MiniImageNetListing.Found] = []
      var done = 0
      func finish() throws {
        for (found, pixels) in zip(batch, decoded(batch)) {
          try store(pixels.get(), found.place)
        }
        done += batch.count
        batch = []
        progress(0.3 + 0.65 * Double(done) / Double(listing.count))
      }
      try listing.forEachImage { found in
        batch.append(found)
        if batch.count == 512 { try finish() }
      }
      try finish()
    }
    progress(1)
    return ImportSummary(
      dataset: MiniImageNet.name, file: file.url, classes: file.classes.count,
      examples: listing.count, digest: file.digest,
      note: file.content(of: MiniImageNet.split, complete: MiniImageNet.examplesPerClass))
  }

  private static func decoded(
    _ batch: [MiniImageNetListing.Found]
  ) -> [Result<[UInt8], EpisodesError>] {
    Workers.map(batch.count) { index in
      let found = batch[index]
      do throws(JPEG.Failure) {
        return .success(
          try JPEG.pixels(of: found.jpeg, height: MiniImageNet.side, width: MiniImageNet.side))
      } catch {
        return .failure(
          .damagedImage(entry: found.entry, file: found.file, reason: error.reason))
      }
    }
  }
}
