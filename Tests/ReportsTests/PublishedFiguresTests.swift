import Episodes
import FewShotCells
import Foundation
import Measures
import Reports
import Results
import Suites
import Testing

@Suite struct PublishedFiguresTests {
  @Test func everyFigureHasANumberASourceAndAPlace() {
    #expect(PublishedFigures.all.count == 191)
    for figure in PublishedFigures.all {
      #expect(figure.number != nil, "\(figure)")
      #expect(figure.interval.isEmpty || figure.halfWidth != nil, "\(figure)")
      #expect(!figure.source.isEmpty && !figure.place.isEmpty, "\(figure)")
      #expect(["accuracy", "validation-accuracy", "loss"].contains(figure.metric))
      #expect(figure.metric == "loss" || (0...1).contains(figure.number!), "\(figure)")
    }
  }

  @Test func everySourceCanBeFoundAndNoneIsHearsay() throws {
    for figure in PublishedFigures.all {
      let isFound =
        figure.reference.wholeMatch(of: /arXiv:\d{4}\.\d{5}/) != nil
        || ["doi:10.", "OpenReview ", "github.com/", "seminar slides without", "workshop paper without"].contains {
          figure.reference.hasPrefix($0)
        }
      #expect(isFound, "\(figure)")
      // A paper of one reference is one paper.
      let others = PublishedFigures.all.filter { $0.source == figure.source }.map(\.reference)
      #expect(Set(others).count == 1, "\(figure.source)")
      for word in ["memory", "index", "review"] {
        #expect(!"\(figure.place) \(figure.note)".contains(word), "\(figure)")
      }
      // What is not confirmed was read off a drawing, and says so.
      #expect(figure.isConfirmed || figure.place.hasPrefix("read off figure"), "\(figure)")
      #expect(figure.checkedPage.isEmpty || Int(figure.checkedPage) != nil, "\(figure)")
    }
  }

  @Test func everyFigureNamesTheSplitsOfItsTasks() throws {
    for figure in PublishedFigures.all {
      #expect(!figure.splits.isEmpty, "\(figure)")
      let dataset = try #require(Datasets.all.first { $0.name == figure.dataset }, "\(figure)")
      guard !dataset.isRegression else { continue }
      let known = dataset.splits.map(\.name)
      #expect(figure.splits.allSatisfy(known.contains), "\(figure)")
    }
  }

  @Test func groupsOfQueriesAreNamedInOneWay() {
    let grouped = PublishedFigures.all.filter { $0.protocolValues["normalizeQueries"] != nil }
    #expect(grouped.contains { $0.algorithm == "maml" && $0.dataset == "omniglot" })
    for figure in grouped {
      let text = figure.protocolValues["normalizeQueries"]!
      #expect(["all", "way x shot", "way x 1"].contains(text), "\(figure)")
      #expect(figure.protocolValues["batchNorm"] == "query-batch", "\(figure)")
      let query = text == "way x shot" ? "shot" : "1"
      #expect(figure.protocolValues["query"] == query, "\(figure)")
    }
  }

  @Test func knownFiguresAreThere() throws {
    let maml = try #require(
      PublishedFigures.all.first {
        $0.algorithm == "maml" && $0.dataset == "omniglot" && $0.coordinates == ["way": "20", "shot": "1"]
      })
    #expect(maml.text == "95.8 ± 0.3")
    #expect(maml.number == 0.958)
    #expect(maml.halfWidth == 0.003)
    #expect(maml.metaBatch == 16)
    #expect(
      maml.origin == "Finn et al. 2017, arXiv:1703.03400, table 1; split 1200/423 characters at "
        + "random; batch norm by query-batch statistics of way x shot queries; one network")
  }

  @Test func aFigureMayStandAtAnyPlaceOfAnyKind() throws {
    let suite = try Suite(
      yaml: """
        suite: s
        version: 1
        seed: 1
        grid: { algorithm: [{ name: black-box, cell: [lstm, gru] }], dataset: omniglot, classes: [3, 5], showings: 10 }
        protocol:
          kind: online-sequences
          split: vinyals
          train: { iterations: 10 }
          test: { sequences: 50 }
        """, file: "s.yaml")
    let about = suite.cells.map { cell in PublishedFigures.all.filter { $0.isAbout(cell) } }
    // Of five classes and an LSTM only.
    #expect(about.map(\.count) == [0, 0, 6, 0])
    #expect(about[2].map(\.at) == [1, 2, 3, 4, 5, 10].map { ["showing": $0] })
    #expect(about[2].map(\.text) == ["24.4", "49.5", "55.3", "61.0", "63.6", "62.5"])
    #expect(about[2].allSatisfy { !$0.isPaperScale(suite.cells[2]) })
  }

  /// A memory has the figures of the paper's only if it writes keys, and people have theirs besides any system.
  @Test func figuresOfMemoriesAndOfPeopleStandByShowing() throws {
    let suite = try Suite(
      yaml: """
        suite: s
        version: 1
        seed: 1
        grid:
          - { algorithm: [{ name: mann, writes: [key, own] }, counting], dataset: omniglot, classes: 5, showings: 10 }
          - { algorithm: [{ name: memory-module, embedding: [trained, random] }], dataset: omniglot, classes: 5, showings: 6 }
        protocol:
          kind: online-sequences
          split: vinyals
          train: { iterations: 10 }
          test: { sequences: 50 }
        report:
          tables: [ { rows: algorithm, columns: [classes, showings], at: { showing: [2, 6] } } ]
          curves: [ { y: test/accuracy, x: showing, by: algorithm } ]
        """, file: "s.yaml")
    let about = suite.cells.map { cell in PublishedFigures.all.filter { $0.isAbout(cell) }.map(\.text) }
    #expect(
      about == [["36.4", "82.8", "91.0", "92.6", "94.9", "98.1"], [], [], ["98.4", "99.6"], []])
    let people = PublishedFigures.all.filter { $0.algorithm == PublishedFigure.people }
    #expect(people.map(\.text) == ["34.5", "57.3", "70.1", "71.8", "81.4", "92.4"])
    let records = suite.cells.map { cell in
      CellRecord(
        suite: "s", cell: cell.id, kind: cell.kind, algorithm: cell.algorithm, variant: cell.variantSlug,
        dataset: cell.dataset, split: cell.split, task: cell.task, coordinates: cell.plan.coordinates,
        repetition: 0, unit: cell.plan.description.unit, metric: cell.metric,
        configuration: cell.configuration, provenance: "{}", status: .done,
        test: TestOutcomes(
          [OutcomeArray(.accuracy, axes: cell.plan.axes["accuracy"]!, values: scores(of: cell))],
          digests: [1, 2]))
    }
    func scores(of cell: Cell) -> [Double] {
      (0..<2 * cell.plan.axes["accuracy"]![0].places.count).map { Double($0 % 3) / 4 }
    }
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      let report = try String(contentsOf: folder.appending(path: "report.md"), encoding: .utf8)
      let row = try #require(report.split(separator: "\n").first { $0.hasPrefix("| humans ") })
      #expect(row.contains("*57.3*") && !row.contains("81.4"))
      #expect(report.contains("humans: Santoro et al. 2016"))
      let curve = try #require(
        FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "figures").path)
          .first { $0.hasPrefix("1-") && $0.contains("10-showings") && $0.hasSuffix(".csv") })
      let numbers = try String(contentsOf: folder.appending(path: "figures/\(curve)"), encoding: .utf8)
      #expect(numbers.contains("humans,published,5.0,81."))
    }
  }

  @Test func papersTellTheirNetworkAndReRunsTellNothing() throws {
    for figure in PublishedFigures.all {
      if !figure.isOwn { #expect(figure.iterations == nil, "\(figure)") }
      if figure.isOwn {
        #expect(figure.iterations != nil || figure.note.contains("training not given"), "\(figure)")
      }
      if figure.algorithm == "protonet", figure.isOwn {
        #expect(figure.filters == 64)
        #expect(figure.trainWay == (figure.dataset == "omniglot" ? 60 : figure.coordinates["shot"] == "1" ? 30 : 20))
      }
      if figure.algorithm == "maml", figure.isOwn, figure.settings["network"] == "conv" {
        #expect(figure.filters == (figure.dataset == "omniglot" ? 64 : 32))
        #expect(figure.metaRate == 0.001)
      }
    }
  }

  // MARK: Beside which cells

  /// The first figure about each cell of a grid, as tables have it: label to `98.7 ± 0.4`.
  private func beside(
    _ algorithms: String, dataset: String = "omniglot", split: String = "vinyals",
    catalog: Catalog = .standard
  ) throws -> [String: String] {
    let suite = try Suite(
      yaml: """
        suite: grid
        version: 1
        seed: 1
        grid: { algorithm: \(algorithms), dataset: \(dataset), way: \(dataset == "sinusoid" ? 1 : 5), shot: [5] }
        protocol:
          split: \(split)
          train: { iterations: 100, metaBatch: 4, query: 5 }
          test: { episodes: 100, query: 10 }
        """, file: "grid.yaml", catalog: catalog)
    var found: [String: String] = [:]
    for cell in suite.cells {
      found[cell.label] = PublishedFigures.all.first { $0.isAbout(cell) }?.text ?? ""
    }
    return found
  }

  @Test func figuresOfASystemDoNotStandBesideItsAblations() throws {
    #expect(
      try beside("[{ name: maml, freeze: [0, 4] }, { name: maml, network: no-conv }]") == [
        "maml": "99.9 ± 0.1", "maml (freeze 4)": "",
        "maml (no-conv)": "97.5 ± 0.6",
      ])
    #expect(
      try beside(
        "[{ name: reptile, innerSteps: [1, 5], skippedSteps: 0 }, "
          + "{ name: reptile, innerSteps: 5, skippedSteps: 4 }, { name: reptile, transduction: false }]"
      ) == [
        "reptile (innerSteps 1)": "", "reptile": "99.48 ± 0.06",
        "reptile (skippedSteps 4)": "", "reptile (no transduction)": "98.90 ± 0.10",
      ])
    // What the paper set is not what the program has as its default, and the other way round.
    #expect(
      try beside("[{ name: maml, innerRate: [0.1, 0.4] }, { name: protonet, trainWay: [20, 60] }]")
        == [
          "maml (innerRate 0.1)": "", "maml": "99.9 ± 0.1",
          "protonet (trainWay 20)": "", "protonet": "99.7",
        ])
  }

  @Test func figuresStandBesideTheTasksThatTheyAreOfOnly() throws {
    // Omniglot's characters may be divided otherwise; tasks within one alphabet are others.
    #expect(try beside("[maml]", split: "cs330") == ["maml": "99.9 ± 0.1"])
    #expect(try beside("[maml]", split: "alphabets") == ["maml": ""])
    // Sines with a frequency are other tasks than sines without.
    let waves = Catalog(
      kinds: Catalog.standard.kinds,
      datasets: [
        .init(
          name: "sinusoid", isRegression: true,
          splits: ["standard", "frequency"].map {
            .init(
              name: $0, trainClasses: 0, validationClasses: 0, testClasses: 0,
              examplesPerClass: .max, digest: $0)
          })
      ])
    for (split, expected) in [
      ("standard", ["maml": "0.67", "meta-sgd": "0.48 ± 0.06"]),
      ("frequency", ["maml": "1.13 ± 0.18", "meta-sgd": "0.90 ± 0.16"]),
    ] {
      #expect(
        try beside("[maml, meta-sgd]", dataset: "sinusoid", split: split, catalog: waves) == expected)
    }
  }
}
