import Kinds
import Measures
import Yams

/// One value of a suite file that knows its place and what it is called there.
struct SuiteNode {
  let file: String
  /// How errors call it, for example `protocol.train.iterations`.
  let path: String
  let node: Node

  var place: SourcePlace { Self.place(of: node, in: file) }

  static func place(of node: Node, in file: String) -> SourcePlace {
    SourcePlace(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  /// The value as a mapping.
  func section() throws -> SuiteSection {
    guard case .mapping(let mapping) = node else { throw wrongType("a mapping (key: value)") }
    var entries: [SuiteSection.Entry] = []
    var merged: [SuiteNode] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        throw SuiteNode(file: file, path: path, node: key).wrongType("plain keys")
      }
      if scalar.string == "<<", scalar.style == .plain {
        merged += SuiteNode(file: file, path: path, node: value).values()
        continue
      }
      let inside = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
      entries.append(
        .init(
          key: scalar.string, place: Self.place(of: key, in: file),
          value: SuiteNode(file: file, path: inside, node: value)))
    }
    // What a mapping says itself counts before what is merged into it ('<<'), and of that the first.
    for section in try merged.map({ try $0.section() }) {
      entries += section.entries.filter { entry in !entries.contains { $0.key == entry.key } }
    }
    return SuiteSection(path: path.isEmpty ? Self.whole : path, place: place, entries: entries)
  }

  private static let whole = "the suite"

  /// What errors call the section that the value of `path` stands in.
  static func section(of path: String) -> String {
    path.lastIndex(of: ".").map { String(path[..<$0]) } ?? whole
  }

  /// The values of a list, or the one value that stands for a list of one.
  func values() -> [SuiteNode] {
    guard case .sequence(let sequence) = node else { return [self] }
    return sequence.map { SuiteNode(file: file, path: path, node: $0) }
  }

  /// The values of a list that must not be empty.
  func nonEmptyValues() throws -> [SuiteNode] {
    let values = values()
    guard !values.isEmpty else { throw wrongType("one value or a list of some") }
    return values
  }

  var isMapping: Bool {
    if case .mapping = node { true } else { false }
  }

  func text() throws -> String {
    guard case .text(let text) = try scalar(or: "a text") else { throw wrongType("a text") }
    return text
  }

  /// The name of what has a folder of its own.
  func name() throws -> String {
    let name = try text()
    let isAllowed = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
    }
    guard isAllowed, let first = name.first, first.isLetter || first.isNumber else {
      throw outOfRange("letters, digits, '-', '_' and '.' only, for it names a folder")
    }
    return name
  }

  func flag() throws -> Bool {
    guard case .flag(let flag) = try scalar(or: "true or false") else {
      throw wrongType("true or false")
    }
    return flag
  }

  func integer(atLeast minimum: Int, atMost maximum: Int = .max) throws -> Int {
    let integer: Int
    switch try scalar(or: "a whole number") {
    case .integer(let value): integer = value
    // As 1e5 is; or digits that no integer has room for.
    case .number(let value) where value.rounded() == value:
      guard let whole = Int(exactly: value) else {
        throw outOfRange(value < 0 ? "at least \(minimum)" : "at most \(maximum)")
      }
      integer = whole
    default: throw wrongType("a whole number")
    }
    guard integer >= minimum else { throw outOfRange("at least \(minimum)") }
    guard integer <= maximum else { throw outOfRange("at most \(maximum)") }
    return integer
  }

  func number() throws -> Double {
    switch try scalar(or: "a number") {
    case .integer(let integer): return Double(integer)
    case .number(let number): return number
    default: throw wrongType("a number")
    }
  }

  /// One of `names`; `kind` says in errors what they are names of.
  func name(of kind: String, among names: [String]) throws -> String {
    let name = try text()
    guard names.contains(name) else {
      throw SuiteError.unknownName(
        place, kind: kind, name: name, nearest: nearestName(to: name, among: names), known: names)
    }
    return name
  }

  /// A single value; `expected` says in errors what was wanted.
  func scalar(or expected: String = "a single value") throws -> SettingValue {
    guard case .scalar(let scalar) = node else { throw wrongType(expected) }
    let text = scalar.string
    guard scalar.style == .plain || scalar.style == .any else { return .text(text) }
    if let flag = Self.flags[text] { return .flag(flag) }
    if let integer = Int(text) ?? Self.grouped(text) { return .integer(integer) }
    let looksNumeric = text.first.map { "+-.0123456789".contains($0) } ?? false
    if looksNumeric, let number = Double(text), number.isFinite { return .number(number) }
    guard !text.isEmpty, text != "~", text != "null" else { throw wrongType(expected) }
    return .text(text)
  }

  /// As YAML 1.2 writes them; `yes` and `on` are texts there.
  private static let flags = [
    "true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false,
  ]

  /// Digits in groups, as in 1_000_000.
  private static func grouped(_ text: String) -> Int? {
    let groups = text.split(separator: "_", omittingEmptySubsequences: false)
    guard groups.count > 1, groups.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }),
      Int(groups[0]) != nil
    else { return nil }
    return Int(groups.joined())
  }

  /// A value for the setting that `description` describes.
  func value(of description: SettingDescription) throws -> SettingValue {
    let value: SettingValue
    switch description.standard {
    case .integer:
      value = .integer(
        try integer(atLeast: Int(description.minimum.rounded(.up)), atMost: Int(description.maximum)))
    case .number:
      let number = try number()
      guard number >= description.minimum else {
        throw outOfRange("at least \(SuiteNumber.text(description.minimum))")
      }
      guard number <= description.maximum else {
        throw outOfRange("at most \(SuiteNumber.text(description.maximum))")
      }
      value = .number(number)
    case .flag:
      value = .flag(try flag())
    case .text:
      let choices = description.choices
      value = .text(
        choices.isEmpty ? try text() : try name(of: "value of '\(path)'", among: choices))
    }
    return value
  }

  func wrongType(_ expected: String) -> SuiteError {
    SuiteError.wrongType(place, key: path, expected: expected, found: found)
  }

  func outOfRange(_ allowed: String) -> SuiteError {
    SuiteError.outOfRange(place, key: path, value: found, allowed: allowed)
  }

  private var found: String {
    switch node {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    case .scalar(let scalar):
      scalar.string.isEmpty || scalar.string == "~" ? "empty" : "'\(scalar.string)'"
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

/// One mapping of a suite file.
struct SuiteSection {
  struct Entry {
    let key: String
    let place: SourcePlace
    let value: SuiteNode
  }

  let path: String
  let place: SourcePlace
  let entries: [Entry]

  subscript(key: String) -> SuiteNode? {
    entries.first { $0.key == key }?.value
  }

  func required(_ key: String, example: String) throws -> SuiteNode {
    guard let value = self[key] else {
      throw SuiteError.missingKey(place, key: key, section: path, example: example)
    }
    return value
  }

  /// Throws unless every key is one of `known`.
  func allow(_ known: [String]) throws {
    for entry in entries where !known.contains(entry.key) {
      throw unknown(entry, known: known)
    }
  }

  func unknown(_ entry: Entry, known: [String]) -> SuiteError {
    .unknownKey(
      entry.place, key: entry.key, section: path,
      nearest: nearestName(to: entry.key, among: known), known: known)
  }
}
