import Results
import Suites

/// The results that a claim's comparison is made of, brought into the shape of a contrast.
struct ClaimSides {
  /// One cell in its place.
  private struct Side {
    let family: CellFamily
    let steps: Int?
    let isOther: Bool
    /// 1, or −1 where a change begins.
    let sign: Double
  }

  private let claim: Claim
  private let sides: [Side]

  init(_ claim: Claim, _ comparison: Claim.Comparison, family: (Cell) -> CellFamily) {
    func sides(_ pair: Claim.Comparison.Pair, sign: Double) -> [Side] {
      let left = Side(
        family: family(pair.left), steps: claim.left.steps, isOther: false, sign: sign)
      guard let other = pair.other else { return [left] }
      let steps = claim.other.side?.steps
      return [left, Side(family: family(other), steps: steps, isOther: true, sign: sign)]
    }
    self.claim = claim
    self.sides =
      sides(comparison.pair, sign: 1) + (comparison.start.map { sides($0, sign: -1) } ?? [])
  }

  /// Repeats that are missing from what is there.
  var notes: [String] {
    var seen: Set<String> = []
    let families = sides.map(\.family).filter { seen.insert($0.cell.family).inserted }
    return families.compactMap { family in
      guard !family.done.isEmpty, !family.others.isEmpty else { return nil }
      return "Of '\(family.cell.id)' \(family.done.count) of \(family.count) repeats are done."
    }
  }

  /// The values that are compared.
  ///
  /// - Throws: `JudgementsError`, where there are none, where only those are left that did not fail or
  ///   diverge, or where they cannot be compared.
  func contrast() throws -> Contrast {
    for family in sides.map(\.family) {
      guard !family.done.isEmpty else {
        throw JudgementsError.noResult(family.cell.id, reason: family.casualties ?? "not run")
      }
      if let casualties = family.casualties {
        throw JudgementsError.survivors(
          family.cell.id, done: family.done.count, of: family.count, casualties: casualties)
      }
    }
    return claim.quantity == .trainSeconds ? try seconds() : try scores()
  }

  /// One number per repeat; the cells are independent of each other.
  private func seconds() throws -> Contrast {
    let records = sides.flatMap(\.family.done)
    let machine = { (record: CellRecord) in
      record.trainingProvenance.map { [$0.cpu, $0.kernels, "\($0.threads)"] }
    }
    if let other = records.first(where: { machine($0) != machine(records[0]) }) {
      throw JudgementsError.differentMachines(records[0].cell, other.cell)
    }
    let terms = try sides.enumerated().map { index, side in
      let values = try side.family.done.map { record in
        guard let last = record.training.last else { throw JudgementsError.notTrained(record.cell) }
        return last.seconds
      }
      guard values.count > 1 else {
        throw JudgementsError.singleRepeat(side.family.done[0].cell)
      }
      return Contrast.Term(
        isOther: side.isOther, sign: side.sign, repeats: [values], group: index,
        family: side.family.cell.family, isTrained: false, isAccuracy: false)
    }
    return Contrast(terms: terms)
  }

  /// One number per repeat and episode; cells of equal tasks are compared on the same episodes.
  private func scores() throws -> Contrast {
    let records = try sides.map { side in try side.family.done.map(measured) }
    for record in records.map({ $0[0] }) where record.metric != records[0][0].metric {
      throw JudgementsError.differentMetrics(
        records[0][0].cell, records[0][0].metric, record.cell, record.metric)
    }
    let areAccuracies = records[0][0].metric.hasSuffix("accuracy")
    var terms: [Contrast.Term] = []
    for (index, side) in sides.enumerated() {
      let cell = side.family.cell
      // The first side with the same episodes stands for its group.
      let first = sides.firstIndex { $0.family.cell.testsLike(cell) }!
      let pairing = try Pairing(
        records[index], records[first], steps: side.steps, otherSteps: sides[first].steps)
      guard pairing.count > 1 else { throw JudgementsError.singleEpisode(records[index][0].cell) }
      for (record, values) in zip(records[index], pairing.firstRepeats) {
        let infinite = values.count { !$0.isFinite }
        guard infinite == 0 else {
          throw JudgementsError.notFinite(
            record.cell, name: record.metric, episodes: infinite, of: values.count)
        }
      }
      terms.append(
        Contrast.Term(
          isOther: side.isOther, sign: side.sign, repeats: pairing.firstRepeats, group: first,
          family: cell.family, isTrained: cell.trainsOn != nil, isAccuracy: areAccuracies))
    }
    var contrast = Contrast(
      terms: terms.map { term in term.cut(to: terms.filter { $0.group == term.group }) })
    if case .over = claim.other { contrast.isWidened = false }
    return contrast
  }

  /// The record with the claim's quantity in the place of the score.
  private func measured(_ record: CellRecord) throws -> CellRecord {
    guard case .diagnostic(let name) = claim.quantity else { return record }
    guard let outcomes = record.test.diagnostic(name) else {
      throw JudgementsError.noDiagnostic(record.cell, name: name)
    }
    var record = record
    record.test = outcomes
    record.metric = name
    return record
  }
}

extension Cell {
  /// Whether both are tested on the same episodes.
  fileprivate func testsLike(_ other: Cell) -> Bool {
    dataset == other.dataset && split == other.split && way == other.way && shot == other.shot
      && test.query == other.test.query
  }
}

extension Contrast.Term {
  /// The first episodes, as many as all of `others` have.
  fileprivate func cut(to others: [Contrast.Term]) -> Contrast.Term {
    let count = others.map { $0.repeats[0].count }.min()!
    return Contrast.Term(
      isOther: isOther, sign: sign, repeats: repeats.map { Array($0.prefix(count)) }, group: group,
      family: family, isTrained: isTrained, isAccuracy: isAccuracy)
  }
}
