import Episodes
import Measures

/// A kind of experiment: its own tasks, settings, outcomes and words. A value is the typed plan of one cell.
///
/// A kind is a folder of its own and a line in the registry. From what is asked for here the program makes
/// the rest: streams, checkpoints and resuming, storage, statistics, claims, comparisons, gates,
/// verification, plans, tables and curves.
public protocol ExperimentKind: Sendable {
  /// What a system of this kind is, such as `any Learner`.
  associatedtype System: Sendable

  /// Names, axes and keys.
  static var description: KindDescription { get }

  /// The plan of a cell.
  ///
  /// - Throws: ``PlanError`` where there can be none, as with more shots than images.
  init(_ values: CellValues) throws

  /// What the suite says of the cell.
  var values: CellValues { get }

  /// How much work a system is.
  func effort(of system: System) -> Effort

  /// What its units are addressed by besides dataset and split: cells of equal coordinates share their
  /// units. In results they are attributes, and columns of `cells.csv`.
  var coordinates: Coordinates { get }

  /// Its place as part of a file name, as in `5way-1shot`.
  var slug: String { get }

  /// Its place as headings say it, as in `5-way 1-shot`.
  var words: String { get }

  /// What its test measures. The first metric is the one that is judged.
  func metrics(of system: System) -> [Metric]

  /// Whether a system has anything to train.
  func isTrained(_ system: System) -> Bool

  /// The cell, ready to be run.
  func run(_ system: System, in context: RunContext) throws -> any CellRun

  // MARK: What has a default

  /// About how much memory a system needs for its training and test.
  func footprint(of system: System) -> Footprint

  /// The axes of an outcome, so that a suite that asks for places which there are not is refused before
  /// anything is run; nil where only results tell them.
  func axes(of outcome: String, by system: System) -> [OutcomeAxis]?

  /// The test's settings without what does not matter to this cell, as the configuration keeps them.
  var testing: Settings { get }

  /// What makes it another test although the units are the same, by keys of the test, each under all of its
  /// names: tests are alike that have one in common. Empty if nothing does.
  var testConditions: [String: Set<String>] { get }

  /// The place on one axis in a heading, as in `5-way`; empty to say nothing.
  func words(of axis: String) -> String

  /// What reports say below a table of how a system is tested and trained.
  func facts(of system: System) -> [CellFact]

  /// The streams that it draws from besides its units, for explanations.
  func streams(of system: System) -> [StreamUse]

  /// How many examples of one class a part of the dataset must have; 0 for any number.
  func examplesNeeded(of part: Part, by system: System) -> Int

  /// Whether networks are trained inside of units, so that another type of CPU gives other numbers.
  var learnsInUnits: Bool { get }

  /// What guessing scores; nil where that is not known.
  var chance: Double? { get }

  /// The number of answers of which a unit's score is a share; nil if it is not such a share.
  var answers: Int? { get }

  /// A value under the name that tables of published figures give it; nil if there is none. `filters` and
  /// `trainWay` are such names.
  func publishedValue(_ name: String) -> String?

  /// A published figure's value under such a name as it would be said of this cell, so that equals are seen.
  func comparable(_ value: String, of name: String) -> String
}

extension ExperimentKind {
  /// Unknown, which is never too much.
  public func footprint(of system: System) -> Footprint { .unknown }
  /// Not known before there are results.
  public func axes(of outcome: String, by system: System) -> [OutcomeAxis]? { nil }
  /// All of them.
  public var testing: Settings { values.testing }
  /// Nothing.
  public var testConditions: [String: Set<String>] { [:] }
  /// As the kind says it of the cell.
  public func words(of axis: String) -> String {
    coordinates[axis].map { "\(axis) \($0)" } ?? ""
  }
  /// None.
  public func facts(of system: System) -> [CellFact] { [] }
  /// None.
  public func streams(of system: System) -> [StreamUse] { [] }
  /// Any number.
  public func examplesNeeded(of part: Part, by system: System) -> Int { 0 }
  /// No.
  public var learnsInUnits: Bool { false }
  /// Unknown.
  public var chance: Double? { nil }
  /// None.
  public var answers: Int? { nil }
  /// None.
  public func publishedValue(_ name: String) -> String? { nil }
  /// As it is.
  public func comparable(_ value: String, of name: String) -> String { value }
}

/// What a report says below a table, with the rows that it is true of.
public struct CellFact: Hashable, Sendable {
  /// Where the sentence stands.
  public enum Place: Hashable, Sendable {
    /// Of the units: numbers of all cells are listed together, as in `Test episodes have 15 queries per class`.
    case units
    /// Of how cells are tested.
    case test
    /// Of how they are trained.
    case training
  }

  /// Where the sentence stands.
  public let place: Place
  /// What it is about, as in `Batch-norm policy at test`; for units the noun, as in `queries per class`.
  public let heading: String
  /// What is so.
  public let text: String

  /// A fact from its parts.
  public init(_ place: Place, _ heading: String, _ text: String) {
    self.place = place
    self.heading = heading
    self.text = text
  }
}
