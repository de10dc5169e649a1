import Judgements
import Measures

extension [CellFamily] {
  /// Which of the algorithms in a figure have a score of some repeats only, as a sentence behind others;
  /// empty if none.
  var standing: String {
    let parts = compactMap { family in
      family.done.isEmpty ? nil : family.standing.map { "\(family.cell.label) \($0)" }
    }
    return parts.isEmpty
      ? "" : " Repeats that came to a score: \(parts.distinct().joined(separator: ", "))."
  }
}
