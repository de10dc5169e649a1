import Kinds
import Results

/// Where a cell's run stands.
struct CellProgress<Run: CellRun> {
  var learned: Run.Learned
  var iteration = 0
  var training: [TrainingRecord] = []
  var validation: [ValidationRecord] = []
  /// The sum of losses since the last record.
  var lossSum = 0.0
  var seconds = 0.0
  /// Seconds of the test, of earlier sittings too.
  var testSeconds = 0.0
  var test = TestProgress<Run>()

  init(_ learned: Run.Learned) { self.learned = learned }

  /// The same with a test that has come further, and took so long.
  func with(_ test: TestProgress<Run>, after testSeconds: Double) -> CellProgress {
    var copy = self
    copy.test = test
    copy.testSeconds = testSeconds
    return copy
  }
}

/// Where a cell's test stands.
struct TestProgress<Run: CellRun>: Sendable {
  /// A unit between two of its steps.
  struct Begun: Sendable {
    var state: Run.UnitState
    var steps: Int
  }

  /// What the first units gave.
  var done: [UnitOutcome] = []
  /// Outcomes of later units, by their number.
  var ahead: [Int: UnitOutcome] = [:]
  /// Units that are begun and not done, by their number.
  var begun: [Int: Begun] = [:]
}
