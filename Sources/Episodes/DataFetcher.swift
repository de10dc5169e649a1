import Foundation
import Storage

/// Downloads the official archives of a dataset and imports them.
public enum DataFetcher {
  /// Fetches and imports `dataset`.
  ///
  /// - Parameters:
  ///   - data: The data directory; downloads lie there until the import is done.
  ///   - progress: Called with a line about what is being done and the finished part, in 0...1.
  /// - Throws: `EpisodesError.nothingToFetch`, `.noOfficialDownload`, `.fetchFailed` (which says what
  ///   to do without a network), `StorageError.notWritable`, and what the import throws.
  public static func fetch(
    _ dataset: String, into data: URL, progress: (String, Double) -> Void = { _, _ in }
  ) throws -> ImportSummary {
    try fetch(dataset, into: data, from: nil, progress: progress)
  }

  /// Fetches from another place, which tests choose.
  package static func fetch(
    _ dataset: String, into data: URL, from source: String?,
    progress: (String, Double) -> Void = { _, _ in }
  ) throws -> ImportSummary {
    guard let importing = Datasets.importing(dataset) else {
      throw EpisodesError.nothingToFetch(dataset: dataset)
    }
    guard let source = source ?? importing.source else {
      throw EpisodesError.noOfficialDownload(dataset: dataset, reason: importing.whyNoSource)
    }
    let folder = data.appendingPathComponent(".download-\(dataset)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw StorageError.notWritable(file: folder.path, reason: "the folder cannot be made")
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    let archives = importing.archives
    for (index, archive) in archives.enumerated() {
      progress("downloading \(archive)", 0.8 * Double(index) / Double(archives.count))
      if let reason = download(source + archive, to: folder.appendingPathComponent(archive)) {
        throw EpisodesError.fetchFailed(
          dataset: dataset, url: source + archive, reason: reason,
          files: archives.map { source + $0 })
      }
    }
    return try importing.run(archives.map { folder.appendingPathComponent($0) }, data, false) {
      progress("importing", 0.8 + 0.2 * $0)
    }
  }

  /// Downloads with curl; returns nil, or why it failed.
  private static func download(_ url: String, to file: URL) -> String? {
    let curl = Process()
    let errors = Pipe()
    curl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    curl.arguments = [
      "curl", "--fail", "--location", "--silent", "--show-error", "--connect-timeout", "20",
      "--output", file.path, url,
    ]
    curl.standardError = errors
    do { try curl.run() } catch { return "curl does not start" }
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    curl.waitUntilExit()
    if curl.terminationStatus == 0 { return nil }
    let line = message.split(separator: "\n").last.map(String.init)
    return line ?? "curl stopped with status \(curl.terminationStatus)"
  }
}
