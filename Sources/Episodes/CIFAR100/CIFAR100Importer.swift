import Foundation
import Storage

/// Packs the official archive of CIFAR-100, in its binary version, into one file of the data
/// directory, which serves both `cifar-fs` and `fc100`.
///
/// The same images give the same file, byte for byte: class by class, those of `train.bin` before
/// those of `test.bin`.
public enum CIFAR100Importer {
  /// Imports all images; an earlier import is replaced.
  ///
  /// - Parameters:
  ///   - archives: `cifar-100-binary.tar.gz`, the folder it unpacks to, or the folder it is in.
  ///   - data: The data directory; it is made if it is not there.
  ///   - dataset: For which of the two datasets; the file is the same.
  ///   - progress: Called now and then with the finished part, in 0...1.
  /// - Throws: `EpisodesError` for anything wrong with the archive, `StorageError.noSpace` or
  ///   `.notWritable`; an earlier import is then as it was.
  /// - Complexity: A few seconds; some 220 MB of memory.
  public static func run(
    archives: [URL], into data: URL, for dataset: String = "cifar-fs",
    progress: (Double) -> Void = { _ in }
  ) throws -> ImportSummary {
    guard let first = archives.first else {
      throw EpisodesError.nothingToImport(dataset: dataset, files: ["cifar-100-binary.tar.gz"])
    }
    var files: [String: [UInt8]] = [:]
    let wanted = CIFAR100Records.recordFiles + CIFAR100Records.nameFiles
    for archive in try archives.flatMap(inside) {
      try Archive.forEachFile(
        in: archive, where: { path in wanted.contains(lastComponent(path)) }
      ) { path, content in files[lastComponent(path)] = content }
    }
    progress(0.5)
    let records = try CIFAR100Records(files, archive: first.path)
    files = [:]
    let classes = CIFAR100.bertinetto.classes.sorted().compactMap { name in
      records.places[name].map { (name: name, places: $0) }
    }
    let file = try ClassImageFile.write(
      to: Datasets.file(of: dataset, in: data)!, kind: CIFAR100.name, height: CIFAR100.side,
      width: CIFAR100.side, classes: classes.map { ($0.name, $0.places.count) }
    ) { store in
      var place = 0
      for (index, item) in classes.enumerated() {
        for record in item.places {
          try store(records.pixels(at: record), place)
          place += 1
        }
        progress(0.5 + 0.45 * Double(index + 1) / Double(classes.count))
      }
    }
    progress(1)
    let split = dataset == "fc100" ? CIFAR100.oreshkin : CIFAR100.bertinetto
    return ImportSummary(
      dataset: dataset, file: file.url, classes: file.classes.count,
      examples: file.classes.map(\.count).reduce(0, +), digest: file.digest,
      note: file.content(of: split, complete: CIFAR100.examplesPerClass)
        + "; the file serves both cifar-fs and fc100")
  }

  /// The archive where `url` is the folder it is in, else `url` itself.
  private static func inside(_ url: URL) throws -> [URL] {
    guard try Archive.isFolder(url) else { return [url] }
    let archive = url.appendingPathComponent("cifar-100-binary.tar.gz")
    return [FileManager.default.fileExists(atPath: archive.path) ? archive : url]
  }

  private static func lastComponent(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }
}
