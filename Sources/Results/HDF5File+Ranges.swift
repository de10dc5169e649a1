import Measures
import Storage

/// What numbers in files may be. Others are refused where they are read, with their place: whatever uses a record may
/// take them to be right.
extension HDF5File {
  /// More than any run counts.
  private static let mostCounted = 1_000_000_000_000
  /// Thirty thousand years.
  private static let mostSeconds = 1e12
  /// More than networks in single precision give; sums of squares of such numbers are still finite.
  private static let largest = 1e100

  /// Throws ``ResultsError/outOfRange(file:name:found:expected:)`` for the first value that is not allowed.
  func check<Value>(
    _ values: [Value], in name: String, are expected: String, _ isAllowed: (Value) -> Bool
  ) throws {
    guard let wrong = values.first(where: { !isAllowed($0) }) else { return }
    throw ResultsError.outOfRange(file: url.path, name: name, found: "\(wrong)", expected: expected)
  }

  private func check(counts: [Int], in name: String) throws {
    try check(counts, in: name, are: "whole numbers from 0 to \(Self.mostCounted)") {
      (0...Self.mostCounted).contains($0)
    }
  }

  private func check(seconds: [Double], in name: String) throws {
    try check(seconds, in: name, are: "seconds from 0 to \(Self.mostSeconds)") { (0...Self.mostSeconds).contains($0) }
  }

  /// A dataset of what is counted, as iterations.
  func counts(_ name: String) throws -> [Int] {
    let counts = try int64s(name).values.map(Int.init)
    try check(counts: counts, in: name)
    return counts
  }

  /// A whole number of a system's state, which gives it a meaning of its own; nil where there is none.
  func state(_ name: String) throws -> Int? {
    let value = try int64s(name).values.first.map(Int.init)
    try check(value.map { [$0] } ?? [], in: name, are: "whole numbers up to \(Self.mostCounted)") {
      (-Self.mostCounted...Self.mostCounted).contains($0)
    }
    return value
  }

  /// An attribute of what is counted; nil where there is none.
  func count(attribute name: String) throws -> Int? {
    let count = try integer(attribute: name)
    try check(counts: count.map { [$0] } ?? [], in: name)
    return count
  }

  func requiredCount(_ name: String) throws -> Int {
    guard let count = try count(attribute: name) else { throw StorageError.missing(name: name, file: url.path) }
    return count
  }

  /// A dataset of seconds.
  func seconds(_ name: String) throws -> [Double] {
    let seconds = try doubles(name).values
    try check(seconds: seconds, in: name)
    return seconds
  }

  /// An attribute of seconds; nil where there is none.
  func seconds(attribute name: String) throws -> Double? {
    let seconds = try number(attribute: name)
    try check(seconds: seconds.map { [$0] } ?? [], in: name)
    return seconds
  }

  /// A dataset of numbers that can be added up.
  func finite(_ name: String) throws -> [Double] {
    let values = try doubles(name).values
    try check(finite: values, in: name)
    return values
  }

  func check(finite values: [Double], in name: String) throws {
    try check(values, in: name, are: "numbers up to \(Self.largest)") { abs($0) <= Self.largest }
  }

  /// Checks what a metric says of its values.
  ///
  /// - Parameter mayBeNone: Whether some may be no number: where a cell diverged, or nothing is judged by them.
  func check(_ values: [Double], of metric: Metric, in name: String, mayBeNone: Bool) throws {
    let range: (words: String, bounds: ClosedRange<Double>) =
      switch metric.scale {
      // A mean of shares may be rounded beyond 1.
      case .share: ("shares from 0 to 1", 0...1 + 1e-9)
      case .seconds, .count: ("numbers from 0 to \(Self.largest)", 0...Self.largest)
      case .real: ("numbers up to \(Self.largest)", -Self.largest...Self.largest)
      }
    try check(values, in: name, are: range.words) { value in
      guard value.isFinite else { return mayBeNone }
      return range.bounds.contains(value)
    }
  }

  /// The lines of a text that names things, each once.
  func distinctLines(_ text: String, in name: String) throws -> [String] {
    let lines = text.split(separator: "\n").map(String.init)
    guard Set(lines).count == lines.count else { throw inconsistent("'\(name)' names something twice") }
    return lines
  }

  /// The names of sheets, which become names of files.
  func sheetNames(_ text: String, in name: String) throws -> [String] {
    let names = try distinctLines(text, in: name)
    try check(names, in: name, are: "names of small letters, digits and hyphens") { name in
      name.count <= 100
        && name.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
    }
    return names
  }
}
