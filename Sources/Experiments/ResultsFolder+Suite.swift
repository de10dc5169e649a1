import Foundation
import Results
import Storage
import Suites

extension ResultsFolder {
  /// Where the folder keeps the suite file that its results were made with.
  public var suiteFile: URL { url.appendingPathComponent("suite.yaml") }

  /// Makes the folder ready for a run: makes it if it is missing, keeps a copy of the suite file, and
  /// clears away what a killed run left half-written.
  ///
  /// Several runs may work on one folder at a time, as on different cells; only one that is alone
  /// clears away.
  ///
  /// - Throws: `StorageError.notWritable`, `.noSpace`; ``ExperimentsError/otherSuite(folder:kept:suite:)``.
  public func prepare(for suite: Suite) throws {
    try AtomicFile.makeFolder(url)
    // The lock is given back when the process ends, however it ends.
    let descriptor = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return try keep(suite) }
    // Whoever is alone has the folder to itself until it is cleared. All others wait that long, but not for ever:
    // someone else may hold the lock.
    // `isBeingRun` of another program takes it for a moment, too.
    for attempt in 0..<3 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        try AtomicFile.removeLeftovers(in: url)
        break
      }
      if attempt < 2 { usleep(2000) }
    }
    var tries = 0
    while flock(descriptor, LOCK_SH | LOCK_NB) != 0, tries < 500 {
      usleep(10_000)
      tries += 1
    }
    try keep(suite)
  }

  /// Keeps a copy of the suite file, unless it is there already: what the suite asks for now decides which
  /// results count.
  ///
  /// - Throws: `StorageError.notWritable`, `.noSpace`; ``ExperimentsError/otherSuite(folder:kept:suite:)``.
  public func keep(_ suite: Suite) throws {
    try check(suite)
    if (try? String(contentsOf: suiteFile, encoding: .utf8)) == suite.source { return }
    try AtomicFile.write(suite.source, to: suiteFile)
  }

  /// - Throws: ``ExperimentsError/otherSuite(folder:kept:suite:)`` if results of another suite are there.
  public func check(_ suite: Suite) throws {
    guard let kept = try? String(contentsOf: suiteFile, encoding: .utf8), let name = Suite.name(inYAML: kept),
      name != suite.name
    else { return }
    throw ExperimentsError.otherSuite(folder: url.path, kept: name, suite: suite.name)
  }

  /// Whether a run is at work on the folder now, on this machine.
  public var isBeingRun: Bool {
    let descriptor = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
