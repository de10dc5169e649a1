import Foundation
import Storage

/// Packs CIFAR-100 into one file of the data directory, which serves both `cifar-fs` and `fc100`.
///
/// The official archive, in its binary or its Python version, gives the same file, byte for byte: class
/// by class, training images before test images. Folders of PNG named for the classes are taken as
/// well; their images lie in the order of their names.
public enum CIFAR100Importer {
  /// Imports all images; an earlier import is replaced.
  ///
  /// - Parameters:
  ///   - archives: `cifar-100-binary.tar.gz` or `cifar-100-python.tar.gz`, the folder it unpacks to, the
  ///     folder it is in, or archives and folders with `class/image.png`.
  ///   - data: The data directory; it is made if it is not there.
  ///   - dataset: For which of the two datasets; the file is the same.
  ///   - replacing: Whether an earlier import may be replaced that has more images of some class.
  ///   - progress: Called now and then with the finished part, in 0...1.
  /// - Throws: `EpisodesError` for anything wrong with the archive, `StorageError.noSpace` or
  ///   `.notWritable`; an earlier import is then as it was.
  /// - Complexity: A few seconds; some 220 MB of memory, twice that for the Python version.
  public static func run(
    archives: [URL], into data: URL, for dataset: String = "cifar-fs", replacing: Bool = false,
    progress: (Double) -> Void = { _ in }
  ) throws -> ImportSummary {
    guard let first = archives.first else {
      throw EpisodesError.nothingToImport(dataset: dataset, files: ["cifar-100-binary.tar.gz"])
    }
    let url = Datasets.file(of: dataset, in: data)!
    let files = try CIFAR100Files(archives)
    progress(0.3)
    let file: ClassImageFile
    let remarks: [String]
    if files.contents.isEmpty, files.others.has(anyOf: PackedPhotographs.endings) {
      let listing = try PhotographListing(
        archives.map { try PackedPhotographs($0, of: CIFAR100.photographs) }, of: CIFAR100.photographs
      ) { progress(0.3 + 0.2 * $0) }
      file = try listing.write(to: url, kind: CIFAR100.name, replacing: replacing) {
        progress(0.5 + 0.45 * $0)
      }
      remarks = listing.remarks
    } else {
      let records = try CIFAR100Records(files.contents, archive: first.path, others: files.others)
      remarks = files.remarks + records.remarks
      file = try write(records, to: url, for: dataset, replacing: replacing, remarks: remarks) {
        progress(0.5 + 0.45 * $0)
      }
    }
    progress(1)
    let split = dataset == "fc100" ? CIFAR100.oreshkin : CIFAR100.bertinetto
    return ImportSummary(
      dataset: dataset, file: file.url, classes: file.classes.count,
      examples: file.classes.map(\.count).reduce(0, +), digest: file.digest,
      note: file.content(of: split, complete: CIFAR100.examplesPerClass)
        + "; the file serves both cifar-fs and fc100",
      remarks: remarks)
  }

  private static func write(
    _ records: CIFAR100Records, to url: URL, for dataset: String, replacing: Bool, remarks: [String],
    progress: (Double) -> Void
  ) throws -> ClassImageFile {
    let classes = CIFAR100.photographs.classes.map { (name: $0, places: records.places[$0]!) }
    let counts = classes.map { (name: $0.name, count: $0.places.count) }
    if !replacing {
      try ClassImageFile.checkReplacing(
        url, kind: CIFAR100.name, dataset: dataset, with: counts, remarks: remarks)
    }
    return try ClassImageFile.write(
      to: url, kind: CIFAR100.name, height: CIFAR100.side, width: CIFAR100.side, classes: counts
    ) { store in
      var place = 0
      for (index, item) in classes.enumerated() {
        for record in item.places {
          try store(records.pixels(at: record), place)
          place += 1
        }
        progress(Double(index + 1) / Double(classes.count))
      }
    }
  }
}
