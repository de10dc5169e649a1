/// How many files of which kinds there are, as errors and remarks tell it.
struct FileCensus {
  private var counts: [String: Int] = [:]

  init() {}

  init(_ paths: some Sequence<String>) {
    for path in paths { count(path) }
  }

  static func + (first: FileCensus, second: FileCensus) -> FileCensus {
    var sum = first
    sum.counts.merge(second.counts, uniquingKeysWith: +)
    return sum
  }

  var isEmpty: Bool { counts.isEmpty }

  /// Whether there are files with one of these endings.
  func has(anyOf endings: [String]) -> Bool { endings.contains { counts[$0] != nil } }

  /// The number of files.
  var total: Int { counts.values.reduce(0, +) }

  mutating func count(_ path: String) { counts[Self.ending(of: path), default: 0] += 1 }

  /// `600 .webp, 2 .txt and 7 other files`, the most frequent endings first; `no files`.
  var text: String {
    guard !isEmpty else { return "no files" }
    let named = counts.filter { !$0.key.isEmpty }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
    var texts = named.map { "\($0.value) .\($0.key)" }
    let others = total - named.map(\.value).reduce(0, +)
    if others > 0 || texts.isEmpty { texts.append("\(others)\(texts.isEmpty ? "" : " other")") }
    return texts.listed + (total == 1 ? " file" : " files")
  }

  /// What follows the last dot of the name, in lower case; empty where there is none.
  static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts.last!.lowercased() : ""
  }
}

extension [String] {
  /// `a`, `a and b`, `a, b and c`.
  var listed: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + last!
  }
}
