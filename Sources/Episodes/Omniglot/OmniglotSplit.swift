import Digests
import Storage

/// A named division of Omniglot's characters into training, validation and test classes.
///
/// The lists are files that the program carries (`Splits/omniglot`), one `Alphabet/characterNN` per line; a character's
/// four rotations are all in the same part.
package enum OmniglotSplit: String, CaseIterable {
  /// The division of Vinyals et al. (2016), as published with prototypical networks.
  case vinyals
  /// The same, with the validation characters also trained on, for the last run of a paper.
  case vinyalsTrainval = "vinyals-trainval"
  /// 1100, 100 and 423 characters, as in Stanford's course CS330; which ones is drawn once here.
  case cs330
  /// The same, and no character is rotated: ordinary classification of characters.
  case upright
  /// Alphabets as tasks: an episode's characters are all of one alphabet, and none is rotated.
  case alphabets
  /// Alphabets again, in the division of Koch (2015): other drawers for each part, and the official one-shot
  /// runs' alphabets to be tested on.
  case koch

  /// The characters of one part, in the order of their classes.
  package func characters(of part: Part) -> [String] {
    switch self {
    case .vinyals: Self.lines("vinyals/\(part.rawValue)")
    case .vinyalsTrainval:
      part == .train
        ? Self.lines("vinyals/train") + Self.lines("vinyals/validation")
        : Self.lines("vinyals/\(part.rawValue)")
    case .cs330, .upright: Self.lines("cs330/\(part.rawValue)")
    case .alphabets, .koch: alphabets!.characters(of: part).flatMap { $0 }
    }
  }

  /// Where alphabets are the tasks: which alphabets, and which drawers.
  package var alphabets: OmniglotAlphabets.Division? {
    switch self {
    case .alphabets: .everyOther
    case .koch: .koch
    case .vinyals, .vinyalsTrainval, .cs330, .upright: nil
    }
  }

  /// How often each character is a class.
  package var rotations: Int { alphabets == nil && self != .upright ? Omniglot.rotations : 1 }

  var description: SplitDescription {
    var digest = Digest()
    var classes: [Part: Int] = [:]
    var sizes: [Part: [Int]] = [:]
    for part in Part.allCases {
      let characters = characters(of: part)
      sizes[part] = alphabets?.characters(of: part).map(\.count)
      classes[part] = sizes[part]?.max() ?? characters.count * rotations
      digest.absorb(part.rawValue)
      digest.absorb(characters.joined(separator: "\n"))
      digest.absorb(rotations)
      if let drawers = alphabets?.drawers(of: part), drawers.count < Omniglot.drawings {
        digest.absorb([drawers.lowerBound, drawers.upperBound])
      }
    }
    return SplitDescription(
      name: rawValue, summary: summary, classes: classes,
      examplesPerClass: Part.allCases.compactMap { alphabets?.drawers(of: $0).count }.min() ?? Omniglot.drawings,
      digest: digest.hex, alphabets: sizes, officialRuns: alphabets?.officialRuns ?? [])
  }

  private var summary: String {
    switch self {
    case .vinyals: "Vinyals et al. 2016: 1028, 172 and 423 characters, each in 4 rotations"
    case .vinyalsTrainval:
      "as 'vinyals', but trained on its 1028 + 172 characters (validation is not independent)"
    case .cs330: "1100, 100 and 423 characters, each in 4 rotations, as in Stanford's CS330"
    case .upright: "as 'cs330', without rotations: 1100, 100 and 423 classes"
    case .alphabets:
      "30, 10 and 10 alphabets without rotations; an episode's classes are all of one alphabet"
    case .koch:
      "Koch 2015: 30, 10 and 10 alphabets by 12, 4 and 4 drawers; those of the official runs test"
    }
  }

  /// The lines of a list.
  package static func lines(_ name: String) -> [String] { SplitList.lines("omniglot/\(name)") }
}
