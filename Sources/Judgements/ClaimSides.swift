import Kinds
import Measures
import Results
import Statistics
import Suites

/// The results that a claim's comparison is made of, brought into the shape of a design.
struct ClaimSides {
  /// One cell in its place.
  private struct Side {
    let family: CellFamily
    let measure: Measure
    let isOther: Bool
    /// 1, or −1 where a change begins.
    let sign: Double

    /// What its mean is multiplied by.
    func weight(_ factor: Double) -> Double { sign * (isOther ? -factor : 1) }
  }

  private let claim: Claim
  private let sides: [Side]

  init(_ claim: Claim, _ comparison: Claim.Comparison, family: (Cell) -> CellFamily) {
    func sides(_ pair: Claim.Comparison.Pair, sign: Double) -> [Side] {
      let left = Side(
        family: family(pair.left), measure: claim.left.measure, isOther: false, sign: sign)
      guard let other = pair.other, let side = claim.other.side else { return [left] }
      return [left, Side(family: family(other), measure: side.measure, isOther: true, sign: sign)]
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

  /// What makes repeats of what is compared differ; nil if nothing does, or if repeats are what is counted.
  var variesBy: Variation? {
    claim.quantity == .trainSeconds ? nil : sides.map { Replicates($0.family) }.variesBy
  }

  /// The values that are compared: by the factor of the other side, which is 1 but for ratios.
  ///
  /// - Throws: `JudgementsError`, where there are none, where only those are left that did not fail or
  ///   diverge, or where they cannot be compared.
  func design() throws -> (_ factor: Double) -> CrossedDesign {
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
  private func seconds() throws -> (Double) -> CrossedDesign {
    let records = sides.flatMap(\.family.done)
    let machine = { (record: CellRecord) in
      record.trainingProvenance.map { [$0.cpu, $0.kernels, "\($0.threads)"] }
    }
    if let other = records.first(where: { machine($0) != machine(records[0]) }) {
      throw JudgementsError.differentMachines(records[0].cell, other.cell)
    }
    let values = try sides.map { side in
      let values = try side.family.done.map { record in
        guard let last = record.training.last else { throw JudgementsError.notTrained(record.cell) }
        return last.seconds
      }
      guard values.count > 1 else {
        throw JudgementsError.singleRepeat(side.family.done[0].cell)
      }
      return values
    }
    return { factor in
      CrossedDesign(
        zip(sides.indices, values).map { index, values in
          .init([values], weight: sides[index].weight(factor), group: index, repeats: .alike)
        })!
    }
  }

  /// One number per repeat and episode; cells of equal tasks are compared on the same episodes.
  private func scores() throws -> (Double) -> CrossedDesign {
    let records = sides.map(\.family.done)
    let metrics = sides.map { claim.quantity.metric(of: $0.family.cell) }
    for (record, metric) in zip(records.map({ $0[0] }), metrics) where metric.name != metrics[0].name {
      throw JudgementsError.differentMetrics(
        records[0][0].cell, metrics[0].name, record.cell, metric.name)
    }
    var scores: [[[Double]]] = []
    var groups: [Int] = []
    for (index, side) in sides.enumerated() {
      let cell = side.family.cell
      // The first side with the same episodes stands for its group.
      let first = sides.firstIndex { $0.family.cell.testsLike(cell) }!
      let pairing = try Pairing(
        records[index], records[first], measure: side.measure, otherMeasure: sides[first].measure)
      guard pairing.count > 1 else { throw JudgementsError.singleEpisode(records[index][0].cell) }
      for (record, values) in zip(records[index], pairing.firstRepeats) {
        let infinite = values.count { !$0.isFinite }
        guard infinite == 0 else {
          throw JudgementsError.notFinite(
            record.cell, name: metrics[index].name, episodes: infinite, of: values.count)
        }
      }
      scores.append(pairing.firstRepeats)
      groups.append(first)
    }
    // The first episodes, as many as all of a group have.
    let counts = groups.map { group in
      zip(groups, scores).filter { $0.0 == group }.map { $0.1[0].count }.min()!
    }
    let cut = zip(scores, counts).map { repeats, count in repeats.map { Array($0.prefix(count)) } }
    let draws = sides.map { Replicates($0.family) }.draws
    // A sum of shares is none.
    func isShare(_ index: Int) -> Bool {
      metrics[index].isShare && sides[index].measure.reduction != .sum
    }
    func isJudged(_ index: Int) -> Bool { metrics[index] == sides[index].family.cell.metric }
    let isRatio = if case .over = claim.other { true } else { false }
    return { factor in
      CrossedDesign(
        sides.indices.map { index in
          // A ratio's interval is never widened: its factor would move what scores can be.
          .init(
            cut[index], weight: sides[index].weight(factor), group: groups[index], repeats: draws[index],
            range: isRatio || !isShare(index) ? nil : 0...1,
            rule: isRatio || !isJudged(index) ? nil : sides[index].family.cell.stoppingRule)
        })!
    }
  }
}

extension Cell {
  /// Whether both are tested on the same units.
  fileprivate func testsLike(_ other: Cell) -> Bool {
    kind == other.kind && dataset == other.dataset && split == other.split
      && plan.coordinates == other.plan.coordinates
  }
}
