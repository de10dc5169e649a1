import Measures
import Suites

/// What a claim's comparison is called: what both sides have in common is said once.
struct ClaimNames {
  /// For example `maml − fomaml`, or `protonet 5-shot − protonet 1-shot`.
  let compared: String
  /// For example `omniglot 5-way 1-shot`, `omniglot 5-way` where the shots differ.
  let task: String

  init(_ claim: Claim, _ comparison: Claim.Comparison) {
    let cells = comparison.cells
    // A change of a setting is said as one of an axis is, and no more in the names of variants.
    let settings = claim.change.map { change in
      change.from.conditions.map(\.key).filter { key in cells.allSatisfy { $0.settings[key] != nil } }
    } ?? []
    let axes = (cells[0].axisNames.filter { $0 != "algorithm" } + settings).filter { axis in
      cells.contains { !$0.words(of: axis).isEmpty }
    }
    let shared = axes.filter { axis in Set(cells.map { $0.text(of: axis) }).count == 1 }
    let differing = axes.filter { !shared.contains($0) }
    func words(_ cell: Cell, _ axes: [String]) -> String {
      axes.map { axis in
        axis == "dataset" && shared.contains("split") ? cell.datasetLabel : cell.words(of: axis)
      }.joined(separator: " ")
    }
    func name(_ cell: Cell, _ measure: Measure, _ axes: [String]) -> String {
      var parts = [settings.isEmpty ? cell.label : cell.algorithm]
      if !axes.isEmpty { parts.append(words(cell, axes)) }
      if let words = measure.words { parts.append(words) }
      return parts.joined(separator: " ")
    }
    func name(_ pair: Claim.Comparison.Pair, _ axes: [String]) -> String {
      let left = name(pair.left, claim.left.measure, axes)
      guard let other = pair.other, let side = claim.other.side else { return left }
      let sign = if case .over = claim.other { "/" } else { "−" }
      return "\(left) \(sign) \(name(other, side.measure, axes))"
    }
    if let start = comparison.start {
      // What differs inside a pair is said of its sides, all else of the change.
      let inPair = differing.filter { axis in
        [comparison.pair, start].contains { pair in
          Set(pair.cells.map { $0.text(of: axis) }).count > 1
        }
      }
      let between = differing.filter { !inPair.contains($0) }
      compared =
        "change of \(name(comparison.pair, inPair)) from \(words(start.left, between)) to "
        + words(comparison.pair.left, between)
    } else {
      compared = name(comparison.pair, differing)
    }
    // A split is named only where a comparison crosses it, or the grid has several.
    task = words(cells[0], shared.filter { $0 != "split" })
  }
}
