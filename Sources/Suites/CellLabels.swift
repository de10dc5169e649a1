import Measures

/// What sets cells of one algorithm apart, as people read it: a default is no label, unless two cells would
/// be called the same.
enum CellLabels {
  /// The variants of some drafts, in their order.
  static func variants(of drafts: [CellDraft]) -> [String] {
    let short = drafts.map { draft in words(draft.distinctions.filter { !$0.isStandard }) }
    let full = drafts.map { words($0.distinctions) }
    // The cells that a short label would stand for, by their full labels.
    var meant: [[String]: Set<String>] = [:]
    for (draft, (short, full)) in zip(drafts, zip(short, full)) {
      meant[[draft.system.name, short], default: []].insert(full)
    }
    return zip(drafts, zip(short, full)).map { draft, names in
      meant[[draft.system.name, names.0]]!.count > 1 ? names.1 : names.0
    }
  }

  /// A text speaks for itself, a number needs its name, a flag is its name.
  private static func words(_ distinctions: [CellDistinction]) -> String {
    distinctions.map { distinction in
      switch distinction.value {
      case .text(let text): distinction.noun.map { "\($0) \(text)" } ?? text
      case .flag(let isSet): isSet ? distinction.name : "no \(distinction.name)"
      case .integer, .number: "\(distinction.name) \(distinction.value)"
      }
    }.joined(separator: ", ")
  }
}
