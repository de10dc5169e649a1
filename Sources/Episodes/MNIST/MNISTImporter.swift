import Foundation

/// Packs the four files of MNIST into one file of the data directory.
///
/// What is checked is content: a file is recognized by its digest when it is not compressed, so that
/// neither its name nor how it was compressed matters. Every import gives the same file, byte for byte.
public enum MNISTImporter {
  /// Imports all 70,000 images.
  ///
  /// - Parameters:
  ///   - files: The four official files, compressed or not, or a folder that they are in.
  ///   - data: The data directory; it is made if it is not there.
  ///   - progress: Called now and then with the finished part, in 0...1.
  /// - Throws: `EpisodesError.nothingToImport`, `.unreadable`, `.notMNIST`, `.missingMNIST`,
  ///   `StorageError.noSpace` or `.notWritable`; an earlier import is then as it was.
  /// - Complexity: a second; some 150 MB of memory.
  public static func run(
    files: [URL], into data: URL, progress: (Double) -> Void = { _ in }
  ) throws -> ImportSummary {
    try run(files: files, into: data, catalogue: .official, progress: progress)
  }

  /// Imports the files of another catalogue, which tests make up.
  package static func run(
    files: [URL], into data: URL, catalogue: MNISTCatalogue,
    progress: (Double) -> Void = { _ in }
  ) throws -> ImportSummary {
    guard !files.isEmpty else {
      throw EpisodesError.nothingToImport(dataset: MNIST.name, files: MNIST.archives)
    }
    let limit = catalogue.files.map(\.size).max()!
    let candidates = try files.flatMap(candidates)
    var found: [String: IdxFile] = [:]
    for (index, url) in candidates.enumerated() {
      let file = try IdxFile(reading: url, limit: limit)
      guard let known = catalogue.files.first(where: { $0.digest == file.digest }) else {
        let isShaped = catalogue.files.contains { $0.shape == file.shape }
        throw EpisodesError.notMNIST(
          file: url.path,
          reason: isShaped
            ? "it has the shape of one, but not the content"
            : "it holds \(file.shape.map(String.init).joined(separator: " x ")) bytes")
      }
      found[known.name] = file
      progress(0.7 * Double(index + 1) / Double(candidates.count))
    }
    let missing = catalogue.files.filter { found[$0.name] == nil }.map(\.name)
    guard missing.isEmpty else { throw EpisodesError.missingMNIST(missing) }
    func values(_ file: MNISTCatalogue.File) -> [UInt8] { found[file.name]!.values }
    let file = MNISTFile(
      train: .init(images: values(catalogue.trainImages), labels: values(catalogue.trainLabels)),
      test: .init(images: values(catalogue.testImages), labels: values(catalogue.testLabels)),
      validation: catalogue.validation)
    let url = Datasets.file(of: MNIST.name, in: data)!
    try file.write(to: url)
    progress(1)
    return ImportSummary(
      dataset: MNIST.name, file: url, classes: MNIST.classes,
      examples: file.train.labels.count + file.test.labels.count, digest: file.digest)
  }

  /// The files of a folder whose names are like those of MNIST's, or the file itself.
  private static func candidates(_ url: URL) throws -> [URL] {
    guard try ArchiveFile.isFolder(url) else { return [url] }
    return try FolderFiles(in: url).paths
      .filter { path in
        ["ubyte", "ubyte.gz"].contains(where: path.hasSuffix) && !ArchiveFile.isHidden(path)
      }
      .map { url.appendingPathComponent($0) }
  }
}
