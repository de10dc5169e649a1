import Episodes
import Kinds
import Measures
import Results
import Suites
import Tensors

/// The test of a cell or of a trial: all of its units, in blocks between which progress is told.
struct UnitTest<Run: CellRun> {
  private let run: Run
  private let stage: CellStage
  private let observer: RunObserver
  private let stop: StopSignal

  init(_ run: Run, _ stage: CellStage, observer: RunObserver, stop: StopSignal) {
    self.run = run
    self.stage = stage
    self.observer = observer
    self.stop = stop
  }

  /// What all units give; nil if asked to stop, and then a checkpoint was written.
  ///
  /// Where the suite wants a half-width, scores decide how many units follow: a stopped cell comes to the
  /// same number.
  func outcomes(
    from progress: inout TestProgress<Run>, checkpointEvery: Double,
    checkpoint: (TestProgress<Run>) throws -> Void, learned: Run.Learned
  ) throws -> TestOutcomes? {
    let rule = stage.rule
    var wanted = rule?.needsMore([]) ?? stage.units
    func needsMore() -> Bool {
      while progress.done.count >= wanted {
        guard let more = rule?.needsMore(progress.done.prefix(wanted).map(\.score)) else { return false }
        wanted = more
      }
      return true
    }
    var lastCheckpoint = ContinuousClock.now
    while needsMore() {
      let first = progress.done.count
      let block = first..<min(first + 50, wanted)
      try advance(block, of: &progress, for: checkpointEvery, learned)
      while let next = progress.ahead.removeValue(forKey: progress.done.count) { progress.done.append(next) }
      tell(progress, wanted)
      let isDue = (ContinuousClock.now - lastCheckpoint).seconds >= checkpointEvery
      if stop.isRequested || isDue {
        try checkpoint(progress)
        lastCheckpoint = .now
      }
      if stop.isRequested, needsMore() { return nil }
    }
    let units = Array(progress.done.prefix(wanted))
    // A forged checkpoint may say what no unit of this cell gives.
    guard let outcomes = TestOutcomes(units) else { throw ExperimentsError.unequalUnits(cell: stage.cell.id) }
    return outcomes
  }

  /// Every unit of a block comes further: to its end, or for so many seconds, or until the request to stop,
  /// but by one step at least if it is begun.
  private func advance(
    _ block: Range<Int>, of progress: inout TestProgress<Run>, for seconds: Double, _ learned: Run.Learned
  ) throws {
    let start = ContinuousClock.now
    let open = block.filter { progress.ahead[$0] == nil }
    let begun = progress.begun
    let results = try Workers.map(open.count) { place throws -> (TestProgress<Run>.Begun, UnitOutcome?)? in
      func isOver() -> Bool { stop.isRequested || (ContinuousClock.now - start).seconds >= seconds }
      let unit = open[place]
      if begun[unit] == nil, place > 0, isOver() { return nil }
      var own = try begun[unit] ?? .init(state: run.begin(unit: unit, of: stage.part, with: learned), steps: 0)
      repeat {
        let outcome = try run.advance(&own.state, with: learned)
        own.steps += 1
        if let outcome { return (own, outcome) }
      } while !isOver()
      return (own, nil)
    }
    for (unit, result) in zip(open, results) {
      guard let (own, outcome) = result else { continue }
      progress.begun[unit] = outcome == nil ? own : nil
      progress.ahead[unit] = outcome
    }
  }

  private func tell(_ progress: TestProgress<Run>, _ wanted: Int) {
    let steps = run.stepsPerUnit
    observer.progressed(
      stage.progress(
        tested: (progress.done.count + progress.ahead.count) * steps
          + progress.begun.values.reduce(0) { $0 + $1.steps },
        of: wanted * steps, stepsPerUnit: steps, score: progress.done.isEmpty ? nil : progress.done.map(\.score).mean))
  }
}

extension TestOutcomes {
  /// The outcomes of some units, the first of which says what there is; nil where others have other outcomes or axes.
  init?(_ units: [UnitOutcome]) {
    guard let first = units.first else {
      self = .empty
      return
    }
    let areEqual = units.allSatisfy { unit in
      unit.rows.map(\.axes) == first.rows.map(\.axes) && unit.rows.map(\.metric) == first.rows.map(\.metric)
    }
    guard areEqual else { return nil }
    self.init(
      first.rows.enumerated().map { index, row in
        OutcomeArray(row.metric, axes: row.axes, values: units.flatMap { $0.rows[index].values })
      }, digests: units.map(\.digest))
  }

  /// The units again, one by one.
  var outcomes: [UnitOutcome] {
    digests.enumerated().map { unit, digest in
      UnitOutcome(
        digest: digest,
        rows: arrays.map { array in
          OutcomeArray(
            array.metric, axes: array.axes,
            values: Array(array.values[unit * array.width..<(unit + 1) * array.width]))
        })
    }
  }
}
