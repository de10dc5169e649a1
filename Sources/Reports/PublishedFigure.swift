import Episodes
import Suites

/// A number that a paper reports.
public struct PublishedFigure: Sendable, Hashable {
  /// The algorithm's name in suites.
  public let algorithm: String
  /// Settings that a cell must have for the figure to be its, as in `network=conv`.
  public let settings: [String: String]
  /// The dataset's name in suites.
  public let dataset: String
  /// Classes per episode; 1 for regression.
  public let way: Int
  /// Support examples per class (regression: points).
  public let shot: Int
  /// `accuracy` or `loss`.
  public let metric: String
  /// The number of adaptation steps; nil where the paper gives one result only.
  public let steps: Int?
  /// As printed: accuracy in percent.
  public let value: String
  /// The half-width of the 95 % interval, as printed; empty if there is none.
  public let interval: String
  /// Authors and year, or the project that reports it.
  public let source: String
  /// Where in the source, for example `table 1`.
  public let place: String
  /// Whether it is of the paper that proposed the algorithm or its protocol, not of a re-run.
  public let isOwn: Bool
  /// Whether the figure was found in print; if not, it is marked wherever it is shown.
  public let isConfirmed: Bool
  /// The split in the paper's words; empty if not known or not applicable.
  public let split: String
  /// Training iterations of the paper, 0 where nothing is trained; nil if not known: then nothing
  /// is ever at the figure's scale.
  public let iterations: Int?
  /// Episodes per training iteration of the paper; nil where not known or not applicable, as below.
  public let metaBatch: Int?
  /// Test episodes of the paper.
  public let episodes: Int?
  /// Filters of each convolution of the paper's network.
  public let filters: Int?
  /// Classes of the paper's training episodes, where they are not those of the test.
  public let trainWay: Int?
  /// The paper's step size of Adam, the outer loop.
  public let metaRate: Double?
  /// What else is known of the paper's protocol: settings, and `batchNorm`, by name.
  public let protocolValues: [String: String]
  /// What else one should know of it; may be empty.
  public let note: String

  /// The figure as tables print it: `98.7 ± 0.4`, or `≈ 0.4 ?` if unconfirmed.
  public var text: String { parts.filter { !$0.isEmpty }.joined(separator: " ") }

  /// The text in pieces that stand below each other in a column.
  var parts: [String] {
    [
      isConfirmed ? value : "≈ \(value)", interval.isEmpty ? "" : "± \(interval)",
      isConfirmed ? "" : "?",
    ]
  }

  /// Where it comes from and under which conditions, as a note.
  public var origin: String {
    var parts = ["\(source), \(place)"]
    if !split.isEmpty { parts.append("split \(split)") }
    if !note.isEmpty { parts.append(note) }
    if !isConfirmed { parts.append("unconfirmed") }
    return parts.joined(separator: "; ")
  }

  /// The figure as a number in the unit of results (accuracy in 0...1).
  public var number: Double? {
    Double(metric == "accuracy" ? "\(value)e-2" : value)
  }

  /// Half the width of its interval, in the same unit.
  public var halfWidth: Double? {
    Double(metric == "accuracy" ? "\(interval)e-2" : interval)
  }

  /// Whether the figure is of what `cell` measures, whatever the split and the scale.
  public func isAbout(_ cell: Cell) -> Bool {
    algorithm == cell.algorithm && dataset == cell.dataset && way == cell.way && shot == cell.shot
      && metric == cell.metric
      && settings.allSatisfy { cell.value(of: $0.key)?.description == $0.value }
  }

  /// Whether `cell` is trained and tested at least as long as the paper's, with the same network
  /// and the same way of training episodes.
  ///
  /// A figure whose training is not known, as those of re-runs are, has no such cells.
  public func isPaperScale(_ cell: Cell) -> Bool {
    guard let iterations else { return false }
    return cell.training.iterations >= iterations && cell.training.metaBatch >= metaBatch ?? 0
      && cell.leastTestEpisodes >= episodes ?? 0 && (filters == nil || cell.filters == filters)
      && (trainWay == nil || cell.settings["trainWay"] == trainWay.map { .integer($0) })
  }

  /// In what `cell` is set otherwise than the paper, where that is known: `2,000 of 60,000 training
  /// iterations`, `metaRate 0.005 instead of 0.001`.
  func deviations(of cell: Cell) -> [String] {
    var words: [String] = []
    func compare(_ own: Int?, _ paper: Int?, _ noun: String) {
      guard let own, let paper, own != paper else { return }
      words.append(
        own < paper
          ? "\(Format.count(own)) of \(Format.count(paper)) \(noun)"
          : "\(Format.count(own)) \(noun) instead of \(Format.count(paper))")
    }
    if cell.trainsOn != nil {
      compare(cell.training.iterations, iterations, "training iterations")
    }
    if cell.trainsOn == .metaBatch {
      compare(cell.training.metaBatch, metaBatch, "episodes per iteration")
    }
    compare(cell.filters, filters, "filters")
    if case .integer(let way) = cell.settings["trainWay"] {
      compare(way, trainWay, "training ways")
    }
    if let metaRate, let rate = cell.settings["metaRate"], Double(rate.description) != metaRate {
      words.append("metaRate \(rate) instead of \(metaRate)")
    }
    for (name, paper) in protocolValues.sorted(by: { $0.key < $1.key }) {
      if name == "normalizeQueries" {
        words += groupDeviation(of: cell, paper)
        continue
      }
      let own =
        name == "batchNorm" ? cell.queryNormalization.rawValue : cell.value(of: name)?.description
      if let own, own == paper || Double(own) != nil && Double(own) == Double(paper) { continue }
      words.append("\(name) \(own.map { "\($0) instead of \(paper)" } ?? "\(paper) in the paper")")
    }
    if !split.isEmpty, split != cell.split {
      words.append("split \(cell.split) instead of \(split)")
    }
    if let episodes, cell.leastTestEpisodes < episodes {
      compare(cell.leastTestEpisodes, episodes, "test episodes")
    }
    return words
  }
}

extension PublishedFigure {
  /// Whether queries are normalized in other company than in the paper, which is no matter where they are
  /// not normalized by their own statistics.
  private func groupDeviation(of cell: Cell, _ paper: String) -> [String] {
    guard let own = cell.queriesNormalizedPerClass, let grouping = QueryGrouping(text: paper) else { return [] }
    let wanted = grouping.perClass(of: cell.testShape)
    guard own != wanted else { return [] }
    return ["\(own) queries of each class normalized together instead of \(wanted)"]
  }
}

extension Cell {
  /// Filters of each convolution; nil where there is no convolution.
  var filters: Int? {
    guard hasNetwork, settings["network"] ?? .text("conv") == .text("conv"),
      case .integer(let filters) = settings["filters"]
    else { return nil }
    return filters
  }
}
