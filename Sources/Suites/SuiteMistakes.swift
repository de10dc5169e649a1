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
  /// The parser stops at the first mistake. To find the next one, what is wrong is taken out of the tree and the rest
  /// is parsed again; errors that only follow from what was taken out are left out.
  ///
  /// - Parameters:
  ///   - first: What was wrong with `root`.
  ///   - parse: Throws what is wrong with a tree.
  static func error(
    from first: SuiteError, in root: SuiteNode, parsing parse: (SuiteNode) throws -> Void
  ) -> any Error {
    var (found, root, removed) = ([first], root, Set<String>())
    var last = first
    while found.count < most, let place = last.place, let key = last.removableKey,
      let rest = root.node.removing(place, in: root.file)
    {
      removed.insert(key)
      root = SuiteNode(file: root.file, path: root.path, node: rest)
      do {
        try parse(root)
        break
      } catch let error as SuiteError {
        last = error
        guard !error.follows(from: removed), !found.contains(error) else { break }
        found.append(error)
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
  /// The last part of the key whose value, or which itself, may be taken out to read on; nil where nothing may.
  fileprivate var removableKey: String? {
    switch self {
    case .unknownKey(_, let key, _, _, _), .wrongType(_, let key, _, _), .outOfRange(_, let key, _, _):
      key.split(separator: ".").last.map(String.init) ?? key
    case .unknownName(_, let kind, _, _, _), .duplicateName(_, let kind, _): kind
    default: nil
    }
  }

  /// Whether it may be there only because something was taken out.
  fileprivate func follows(from removed: Set<String>) -> Bool {
    switch self {
    case .missingKey(_, let key, _, _): removed.contains(key)
    case .unknownKey, .wrongType, .outOfRange, .unknownName, .duplicateName, .conflictingKeys: false
    default: true
    }
  }
}

extension Node {
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
