import Results
import Statistics
import Suites

extension ClaimDecision {
  /// The decisions on all claims of a suite, in their order: one for each comparison that a claim
  /// makes, as for 5 ways and for 20.
  ///
  /// - Parameter records: Those that do not count (see ``CountedResults``) are not looked at.
  /// - Complexity: O(scores of the compared cells).
  public static func all(of suite: Suite, records: [CellRecord]) -> [ClaimDecision] {
    guard !suite.claims.isEmpty else { return [] }
    let families = Dictionary(
      CellFamily.all(of: suite, records: records).map { ($0.cell.family, $0) },
      uniquingKeysWith: { first, _ in first })
    return suite.claims.flatMap { claim in
      claim.comparisons(among: suite.cells).map { comparison in
        ClaimDecision(claim, comparison) { families[$0.family]! }
      }
    }
  }

  /// - Parameter family: The results of a cell with all its repeats.
  private init(
    _ claim: Claim, _ comparison: Claim.Comparison, family: (Cell) -> CellFamily
  ) {
    let sides = ClaimSides(claim, comparison, family: family)
    let names = ClaimNames(claim, comparison)
    self.claim = claim
    compared = names.compared
    task = names.task
    metric = claim.quantity.metric(of: comparison.pair.left)
    notes = sides.notes
    let unit: ClaimMeasurement.Unit = claim.quantity == .trainSeconds ? .repeats : .episodes
    let kind: ClaimMeasurement.Kind =
      switch claim.other {
      case _ where claim.change != nil: .change
      case .nothing: .value
      case .minus: .difference
      case .over: .ratio
      }
    do {
      let design = try sides.design()
      guard
        let measurement = ClaimMeasurement(design, kind: kind, unit: unit, variesBy: sides.variesBy)
      else {
        throw JudgementsError.zeroDenominator(names.compared)
      }
      self.measurement = measurement
      outcome = Outcome(measurement.interval, claim, count: measurement.counts.max()!) { bound in
        guard kind != .ratio else { return design(bound).overUnits }
        var estimate = design(1).overUnits
        estimate.mean -= bound
        return estimate
      }
      retrained = measurement.retrained.map { Outcome($0, claim) }
    } catch {
      measurement = nil
      outcome = .notDecided(reason: "\(error)")
      retrained = nil
    }
  }
}
