import Episodes
import FewShot
import FewShotCells
import Foundation
import Suites
import Testing

/// The suites that the project ships, against what it ships.
@Suite struct ShippedSuitesTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "suites")

  private static let names = [
    "claims", "good-embedding", "miniimagenet-matching", "miniimagenet-paper", "miniimagenet-reduced", "neural-processes", "omniglot-5way",
    "omniglot-ablations", "omniglot-alphabets",
    "omniglot-gradient", "omniglot-gradient-paper", "omniglot-maml-paper", "omniglot-metric", "omniglot-online",
    "omniglot-online-paper", "omniglot-siamese", "omniglot-smoke", "omniglot-statistician", "omniglot-table1",
    "online-sequences", "permuted-mnist", "permuted-mnist-paper", "query-batch", "quickstart",
    "regression-ablations", "sine",
    "sine-paper", "transfer-omniglot",
  ]

  @Test(arguments: names)
  func everyShippedSuiteIsRight(_ name: String) throws {
    let suite = try Suite.load(Self.folder.appending(path: "\(name).yaml"))
    #expect(suite.name == name)
    #expect(!suite.report.tables.isEmpty)
    #expect(!suite.report.curves.isEmpty)
  }

  @Test func everySuiteFileIsOneOfThese() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(
      files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
        == Self.names)
  }

  @Test func theProgramCarriesTheSuitesByName() throws {
    #expect(ShippedSuites.names == Self.names)
    for name in Self.names {
      let carried = try #require(try ShippedSuites.suite(named: name))
      let file = try Suite.load(Self.folder.appending(path: "\(name).yaml"))
      #expect(carried.digest == file.digest && carried.cells.map(\.id) == file.cells.map(\.id))
    }
    #expect(try ShippedSuites.suite(named: "quickstart.yaml") == nil)
  }

  @Test func theSuitesClaimWhatThePapersDo() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let claims = try files.filter { $0.hasSuffix(".yaml") }.flatMap { file in
      try Suite.load(Self.folder.appending(path: file)).claims
    }
    let ids = Set(claims.map { String($0.id.prefix { $0 != "-" }) }.filter { $0.hasPrefix("C") })
    #expect(
      ids == [
        "C1.1", "C1.2", "C1.3", "C1.4", "C1.5", "C1.6", "C4.1", "C4.2", "C4.3", "C4.4", "C5.1",
        "C5.2", "C6.1", "C6.2", "C7.1", "C7.2", "C7.3", "C8.1", "C8.2", "C8.3", "C9.1", "C9.2", "C9.3", "C10.1", "C10.2", "C11.1", "C11.2", "C11.3", "C12.1", "C12.2", "C12.3", "C13.1", "C13.2", "C13.3", "C14.1", "C14.2", "C14.3", "C14.4", "C15.1",
        "C15.2", "C16.1", "C16.2", "C16.3", "C17.1", "C17.2", "C18.1", "C18.2", "C19.1", "C19.2", "C19.3",
        "C19.4", "C19.5", "C20.1", "C20.2", "C20.3", "C27.1", "C27.2", "C27.3", "C27.4", "C27.6", "C32.1", "C33.1", "C33.2",
        "C33.3", "C33.4", "C33.5",
      ])
  }

  /// Meta-SGD's and T-net's papers let the frequency of waves vary, MAML's and Meta-Curvature's do not.
  @Test(arguments: ["sine", "sine-paper"])
  func claimsAboutSineWavesAreDecidedOnTheWavesOfTheirPaper(_ name: String) throws {
    let suite = try Suite.load(Self.folder.appending(path: "\(name).yaml"))
    var splits: [String: Set<String>] = [:]
    for claim in suite.claims {
      let chapter = String(claim.id.prefix { $0 != "." && $0 != "-" })
      for comparison in claim.comparisons(among: suite.cells) {
        splits[chapter, default: []].formUnion(comparison.cells.map(\.split))
      }
    }
    #expect(splits["C15"] == ["frequency"] && splits["C16"] == ["frequency"])
    #expect(splits["C17"] == ["standard"] && splits["C1"] ?? ["standard"] == ["standard"])
    for table in suite.report.tables { #expect(table.separateAxes.contains("split")) }
  }

  @Test func quickstartNeedsNoFiles() throws {
    let suite = try Suite.load(Self.folder.appending(path: "quickstart.yaml"))
    for name in Set(suite.cells.map(\.dataset)) {
      #expect(Datasets.named(name)?.needsImport == false)
    }
    let strokes = suite.cells.filter { $0.dataset == "strokes" }
    #expect(
      Set(strokes.map(\.algorithm)) == ["maml", "fomaml", "protonet", "nearest-neighbor", "fine-tuning"])
  }

  @Test func aCellSaysWhoseStatisticsReallyNormalizeItsQueries() throws {
    let suite = try Suite.load(Self.folder.appending(path: "omniglot-gradient.yaml"))
    for cell in suite.cells {
      let isTransductive = cell.settings["transduction"] != .flag(false)
      #expect(
        cell.plan.kind.publishedValue("batchNorm") == (isTransductive ? "query-batch" : "support-only"))
    }
    #expect(suite.cells.contains { $0.plan.kind.publishedValue("batchNorm") == "support-only" })
  }

  @Test func table1FollowsThePapers() throws {
    let suite = try Suite.load(Self.folder.appending(path: "omniglot-table1.yaml"))
    #expect(suite.cells.count == 27)
    for cell in suite.cells where cell.algorithm == "maml" {
      #expect(cell.iterations == 60_000)
      #expect(cell.training["query"] == .integer(cell.shot))
      #expect(cell.settings["innerRate"] == .number(cell.way == 20 ? 0.1 : 0.4))
      #expect(cell.settings["testSteps"] == .integer(cell.way == 20 ? 5 : 3))
      #expect(cell.training["metaBatch"] == .integer(cell.way == 20 ? 16 : 32))
      #expect(
        cell.test["normalizeQueries"] == .text(cell.label == "maml (queries all)" ? "all" : "way x shot"))
    }
    // Reptile's paper, of which the figures are, tests one query per class.
    #expect(suite.cells.filter { $0.algorithm == "fomaml" }.allSatisfy {
        $0.test["normalizeQueries"] == .text("way x 1")
      })
  }
}
