import Kinds
import Results
import Statistics

/// The repeats of one cell, as far as statistics look at them.
public struct Replicates: Sendable {
  /// Those that are done.
  let records: [CellRecord]
  /// What makes them differ.
  let variesBy: Variation

  /// Those of a suite's cell.
  public init(_ family: CellFamily) {
    records = family.done
    variesBy = family.cell.variesBy
  }

  /// Repeats as a results folder has them.
  public init(_ records: [CellRecord]) {
    self.records = records
    variesBy = records.first?.variesBy ?? .nothing
  }
}

extension [Replicates] {
  /// What the repeats of each are: the same draws where they are of the same trainings, repeat by repeat, and of one
  /// kind where they are the same cell, as in another folder.
  var draws: [CrossedDesign.Repeats] {
    indices.map { index in
      guard self[index].variesBy != .nothing else { return .alike }
      let draw = indices.first { self[$0].areDrawn(with: self[index]) }!
      return .drawn(draw, kind: indices.first { self[$0].isSameCell(as: self[draw]) }!)
    }
  }

  /// What makes those differ that do: training, where any is trained; nil if none does.
  var variesBy: Variation? {
    let all = map(\.variesBy)
    return all.contains(.training) ? .training : all.contains(.initialization) ? .initialization : nil
  }
}

extension Replicates {
  fileprivate func areDrawn(with other: Replicates) -> Bool {
    variesBy != .nothing && records.count == other.records.count
      && zip(records, other.records).allSatisfy { $0.isOfSameDraw(as: $1) }
  }

  fileprivate func isSameCell(as other: Replicates) -> Bool {
    guard variesBy != .nothing, let first = records.first, let second = other.records.first else { return false }
    return first.name == second.name && first.split == second.split
  }
}
