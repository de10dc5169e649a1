import Yams

/// Several things that are wrong with one suite file, in the order of its lines.
public struct SuiteMistakes: Error, Equatable, CustomStringConvertible {
  /// At least two, and at most ``most``.
  public let all: [SuiteError]

  /// More than a screenful helps nobody.
  static let most = 20

  /// A line for each.
  public var description: String { all.map { "\($0)" }.joined(separator: "\n") }

  /// What a suite's errors are: one, or several.
  ///
  /// The parser stops at the first mistake. To find the next one, what is wrong is taken out of the tree, what is missing
  /// is put in, and the rest is parsed again; errors that may only follow from that are left out.
  ///
  /// - Parameters:
  ///   - first: What was wrong with `root`.
  ///   - parse: Throws what is wrong with a tree.
  static func error(
    from first: SuiteError, in root: SuiteNode, parsing parse: (SuiteNode) throws -> Void
  ) -> any Error {
    var (found, last, tree) = ([first], first, root.node)
    var (mended, filled) = (Set<String>(), Set<String>())
    for _ in 0..<4 * most where found.count < most {
      guard let next = last.mended(tree, in: root.file) else { break }
      tree = next
      if let key = last.valueKey { mended.insert(key) }
      if case .missingKey(_, _, let section, _) = last { filled.insert(section) }
      do {
        try parse(SuiteNode(file: root.file, path: root.path, node: tree))
        break
      } catch let error as SuiteError {
        guard error != last else { break }
        last = error
        // A value may be wrong only beside what was taken out of its list, or put in beside it.
        let follows = error.valueKey.map { mended.contains($0) || filled.contains(SuiteNode.section(of: $0)) } ?? false
        if error.standsAlone, !follows, !found.contains(error) { found.append(error) }
      } catch {
        break
      }
    }
    guard found.count > 1 else { return first }
    found.sort { ($0.place!.line, $0.place!.column) < ($1.place!.line, $1.place!.column) }
    return SuiteMistakes(all: found)
  }
}

extension SuiteError {
  /// A tree without the mistake; nil where it cannot be mended blindly.
  fileprivate func mended(_ tree: Node, in file: String) -> Node? {
    switch self {
    case .missingKey(let place, let key, _, let example):
      guard let value = try? Yams.compose(yaml: example)?[key] else { return nil }
      return tree.adding((Node(key), value), at: place, in: file)
    default:
      return standsAlone ? place.flatMap { tree.removing($0, in: file) } : nil
    }
  }

  /// The key whose value is wrong, as errors call it.
  fileprivate var valueKey: String? {
    switch self {
    case .wrongType(_, let key, _, _), .outOfRange(_, let key, _, _): key
    default: nil
    }
  }

  /// Whether it is there whatever else the file says; others may follow from what was mended.
  fileprivate var standsAlone: Bool {
    switch self {
    case .unknownKey, .wrongType, .outOfRange, .unknownName, .duplicateName: true
    default: false
    }
  }
}

extension Node {
  /// With one more entry in the mapping that stands there; nil if none does, or has it.
  fileprivate func adding(_ entry: (key: Node, value: Node), at place: SourcePlace, in file: String) -> Node? {
    switch self {
    case .mapping(let mapping):
      var pairs = Array(mapping)
      if SuiteNode.place(of: self, in: file) == place, mapping[entry.key] == nil {
        pairs.append((entry.key, entry.value))
      } else if let (index, value) = pairs.enumerated().lazy.compactMap({ index, pair in
        pair.value.adding(entry, at: place, in: file).map { (index, $0) }
      }).first {
        pairs[index].value = value
      } else {
        return nil
      }
      return .mapping(Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    case .sequence(let sequence):
      var values = Array(sequence)
      guard let (index, value) = values.enumerated().lazy.compactMap({ index, value in
        value.adding(entry, at: place, in: file).map { (index, $0) }
      }).first else { return nil }
      values[index] = value
      return .sequence(Sequence(values, sequence.tag, sequence.style, sequence.mark))
    default: return nil
    }
  }

  /// Without the entry, or the value of a list, that stands there; nil if none does.
  fileprivate func removing(_ place: SourcePlace, in file: String) -> Node? {
    switch self {
    case .mapping(let mapping):
      // A mapping stands where its first key stands: what is inside comes first.
      for (index, (key, value)) in mapping.enumerated() {
        var pairs = Array(mapping)
        if let rest = value.removing(place, in: file) {
          pairs[index].value = rest
          if rest.sequence?.isEmpty == true { pairs.remove(at: index) }
        } else if [key, value].contains(where: { SuiteNode.place(of: $0, in: file) == place }) {
          pairs.remove(at: index)
        } else {
          continue
        }
        return .mapping(Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
      }
      return nil
    case .sequence(let sequence):
      for (index, value) in sequence.enumerated() {
        var values = Array(sequence)
        if let rest = value.removing(place, in: file) {
          values[index] = rest
        } else if SuiteNode.place(of: value, in: file) == place {
          values.remove(at: index)
        } else {
          continue
        }
        return .sequence(Sequence(values, sequence.tag, sequence.style, sequence.mark))
      }
      return nil
    default: return nil
    }
  }
}
