import Judgements
import Measures
import Suites

/// A table of measured and published figures, before it becomes Markdown or CSV.
struct ReportTable {
  /// What stands in one place: one family of cells at one place of an outcome.
  struct Entry {
    let family: CellFamily
    /// What the table asks for.
    let measure: Measure
    let estimate: Estimate?
    let published: PublishedFigure?

    /// The number of adaptation steps that the estimate is of; nil where there are no such steps.
    var steps: Int? { measure.steps ?? family.steps }

    /// The place of the outcome for files: the number of steps, or `showing 2`.
    var place: String {
      steps.map { "\($0)" }
        ?? measure.at.sorted { $0.key < $1.key }.map { "\($0.key) \(SuiteNumber.text($0.value))" }
        .joined(separator: ", ")
    }
  }

  struct Column: Hashable {
    let values: [String]
    let measure: Measure
    let heading: String
  }

  struct Row {
    let name: String
    /// One per column; nil where the suite has no such cell.
    let entries: [Entry?]

    var scale: Scale { Scale(entries.compactMap(\.self)) }
  }

  /// How a row's protocol compares with that of the papers.
  enum Scale: String {
    case paper = "paper scale"
    /// Some figures are, and have a verdict; the others are reduced.
    case partly = "in part"
    case reduced
    case notRun = "not run"
    /// No figure of the row has a published one beside it.
    case none = "–"

    init(_ entries: [Entry]) {
      let run = entries.filter { !$0.family.done.isEmpty }
      let figures = run.compactMap { entry in entry.published.map { (entry.family.cell, $0) } }
      if run.isEmpty {
        self = .notRun
      } else if figures.isEmpty {
        self = .none
      } else {
        let count = figures.count { $1.isPaperScale($0) }
        self = count == figures.count ? .paper : count > 0 ? .partly : .reduced
      }
    }
  }

  let title: String
  let layout: ReportLayout.Table
  let metric: Metric
  let columns: [Column]
  let rows: [Row]
  /// What people did, one figure per column where there is one; empty where there is none, or where rows are
  /// not algorithms.
  var people: [PublishedFigure?] = []
  /// What stands for all results of the suite; nil where nobody asked for it.
  var suiteDigest: String?

  var entries: [Entry] { rows.flatMap(\.entries).compactMap(\.self) }

  /// Whether any column has a published figure to set beside.
  var hasPublished: Bool { entries.contains { $0.published != nil } || !people.isEmpty }
}

extension ReportTable {
  /// The tables of one layout: one for each metric and combination of the axes not in the table.
  static func all(_ layout: ReportLayout.Table, families: [CellFamily]) -> [ReportTable] {
    let selected = families.filter { layout.cells.contains($0.cell) }
    let key = { (family: CellFamily) in
      [family.cell.metric.name] + layout.separateAxes.map(family.cell.text)
    }
    let groups = Dictionary(grouping: selected, by: key)
    var seen: Set<[String]> = []
    let order = selected.map(key).filter { seen.insert($0).inserted }
    return order.map { ReportTable(layout, families: groups[$0]!, isAlone: order.count == 1) }
  }

  /// - Parameter families: Of one metric and, unless those are axes, one dataset and split.
  private init(_ layout: ReportLayout.Table, families: [CellFamily], isAlone: Bool) {
    let cell = families[0].cell
    self.layout = layout
    let outcome = layout.measures.first?.outcome
    metric = outcome.map { Claim.Quantity.outcome($0).metric(of: cell) } ?? cell.metric
    let dataset = layout.separateAxes.contains("split") ? cell.datasetLabel : cell.dataset
    title = layout.title.map { isAlone ? $0 : "\($0): \(dataset)" } ?? "\(dataset), \(metric.heading)"

    let measures = layout.measures.isEmpty ? [.standard] : layout.measures
    let values = { (family: CellFamily) in layout.columns.map(family.cell.text) }
    var columns: [Column] = []
    var places: [[String]: Int] = [:]
    for family in families where places[values(family)] == nil {
      places[values(family)] = columns.count
      for measure in measures {
        let heading = Self.heading(layout.columns, family.cell, measure)
        columns.append(Column(values: values(family), measure: measure, heading: heading))
      }
    }
    self.columns = columns
    let ofPeople = columns.map { column in
      families.first { values($0) == column.values }
        .flatMap { PublishedFigures.ofPeople(besides: $0.cell, column.measure) }
    }
    let showsPeople = layout.published && layout.rows == "algorithm" && ofPeople.contains { $0 != nil }
    people = showsPeople ? ofPeople : []

    let byRow = Dictionary(grouping: families) { $0.cell.text(of: layout.rows) }
    rows = families.map { $0.cell.text(of: layout.rows) }.distinct().map { name in
      var entries = [Entry?](repeating: nil, count: columns.count)
      for family in byRow[name]! {
        for (offset, measure) in measures.enumerated() {
          let figures = layout.published ? PublishedFigures.about(family.cell, measure) : []
          entries[places[values(family)]! + offset] = Entry(
            family: family, measure: measure, estimate: family.estimate(by: measure),
            published: figures.first)
        }
      }
      return Row(name: name, entries: entries)
    }
  }

  /// For example `5-way 1-shot` or `K = 10, 1 step`.
  private static func heading(_ axes: [String], _ cell: Cell, _ measure: Measure) -> String {
    var heading = axes.map(cell.words(of:)).filter { !$0.isEmpty }.joined(separator: " ")
    if let steps = measure.steps, measure.at.count == 1, measure.reduction == .last {
      heading += (heading.isEmpty ? "" : ", ") + steps.counted("step")
    } else if let words = measure.words {
      heading += (heading.isEmpty ? "" : ", ") + words
    }
    return heading.isEmpty ? "measured" : heading
  }
}
