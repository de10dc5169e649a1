import ArgumentParser
import Experiments
import Foundation
import Results
import Suites
import Tensors

/// `metabench plan`.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "List the cells of a suite: which are done, and how long the others will take.",
    discussion: """
      The estimate comes from a few real iterations and test episodes of each kind of cell, which \
      takes up to half a minute; '--no-timing' leaves it out.
      """)

  @OptionGroup var file: SuiteArgument

  @OptionGroup var data: DataOptions

  @Option(
    help: ArgumentHelp("The results folder (default: results/<suite>).", valueName: "dir"),
    completion: .directory)
  var results: String?

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var filter: CellFilter

  @Flag(inversion: .prefixedNo, help: "Time a few iterations for an estimate.")
  var timing = true

  @OptionGroup var json: JSONOption

  /// One cell as a script gets to know it.
  private struct Entry: Encodable {
    let cell: String
    let algorithm: String
    let dataset: String
    /// The place on the axes of the kind, as way and shot.
    let axes: [String: String]
    let `repeat`: Int
    /// `done`, `failed`, `diverged`, `begun` or `open`.
    let status: String
    let iterations: Int
    let iterationsDone: Int
    let units: Int
    /// The half-width that decides how many they are; absent where it is their number.
    let until: Double?
    var seconds: Double?
  }

  private struct Plan: Encodable {
    let suite: String
    let version: Int
    let results: String
    let done: Int
    let open: Int
    let threads: Int
    /// Estimated seconds until all cells are done; absent if unknown.
    let seconds: Double?
    let cells: [Entry]
  }

  func run() throws {
    let suite = try file.load()
    let cells = try filter.cells(of: suite)
    let folder = ResultsFolder(url: Folders.results(results, of: suite))
    var entries = try cells.map { try entry($0, in: folder) }
    let isOpen = entries.map { $0.status == "open" || $0.status == "begun" }
    let open = zip(cells, isOpen).filter(\.1).map(\.0)

    var total: Double?
    var problems: [String] = []
    if timing, !open.isEmpty {
      threads.start()
      let estimates = CostEstimator(datasets: OpenDatasets(data: data.folder)).estimates(of: open)
      for index in cells.indices where isOpen[index] {
        let cell = cells[index]
        switch estimates[cell.family]! {
        case .success(let estimate):
          entries[index].seconds = estimate.seconds(of: cell, after: entries[index].iterationsDone)
        case .failure(let error):
          if !problems.contains("\(error)") { problems.append("\(error)") }
        }
      }
      let seconds = Dictionary(
        uniqueKeysWithValues: zip(cells.map(\.id), entries.map { $0.seconds ?? 0 }))
      total = problems.isEmpty
        ? Schedule(open, threads: Workers.threads).seconds { seconds[$0.id]! } : nil
    }
    let done = entries.count { $0.status == "done" }
    guard !json.isOn else {
      Outcome.write(
        try jsonText(
          Plan(
            suite: suite.name, version: suite.version, results: folder.url.relativePath, done: done,
            open: open.count, threads: threads.number, seconds: total, cells: entries)))
      return
    }
    Outcome.write(
      TextTable(
        rows: [["cell", "status", "iterations", suite.kind.unit.plural, "time left"]]
          + entries.map { entry in
            [
              entry.cell, entry.status,
              entry.status == "begun"
                ? "\(entry.iterationsDone) of \(entry.iterations)" : "\(entry.iterations)",
              "\(entry.until == nil ? "" : "up to ")\(entry.units)", entry.seconds.map(durationText) ?? "",
            ]
          }
      ).text)
    var closing = "\nSuite \(suite.name), version \(suite.version): "
      + "\(done) of \(counted(cells.count, "cell")) done, \(open.count) open"
    if let total {
      closing += ", about \(durationText(total)) on \(counted(Workers.threads, "thread"))"
    }
    Outcome.write(closing + ". Results: \(folder.url.relativePath)")
    for problem in problems { Outcome.write("No estimate: \(problem)") }
  }

  private func entry(_ cell: Cell, in folder: ResultsFolder) throws -> Entry {
    // A checkpoint that cannot be read is set aside by 'run', which begins the cell anew.
    let standing = try folder.head(of: cell) == nil ? (try? folder.standing(of: cell)) ?? .open : folder.standing(of: cell)
    return Entry(
      cell: cell.id, algorithm: cell.label, dataset: cell.dataset,
      axes: Dictionary(uniqueKeysWithValues: cell.axes.entries.map { ($0.name, "\($0.value)") }),
      repeat: cell.repetition, status: standing.name, iterations: cell.plan.effort.iterations,
      iterationsDone: standing.iterations, units: cell.plan.effort.units,
      until: cell.plan.effort.until)
  }
}
