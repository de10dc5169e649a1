import Episodes
import Suites

extension PublishedFigure {
  /// Whether the figure is of what `cell` measures: of the same system on tasks of the same kind,
  /// whatever the scale.
  ///
  /// A cell that its grid sets apart from its algorithm's others, as `maml (freeze 4)`, has the
  /// figure only if the figure is of that setting.
  public func isAbout(_ cell: Cell) -> Bool {
    algorithm == cell.algorithm && dataset == cell.dataset && splits.contains(cell.split)
      && way == cell.way && shot == cell.shot && metric == cell.metric
      && settings.allSatisfy { cell.value(of: $0.key)?.description == $0.value }
      && cell.distinctions.allSatisfy { isOfTheSystem($0, in: cell) }
  }

  /// Whether what sets a cell apart leaves it the system that the figure is of: it is what the paper
  /// set, or, where the figure does not name it, the algorithm's default.
  private func isOfTheSystem(_ distinction: CellDistinction, in cell: Cell) -> Bool {
    guard let paper = paperValue(of: distinction.name) else { return distinction.isStandard }
    return Self.areEqual(
      Self.comparable(distinction.value.description, distinction.name, in: cell),
      Self.comparable(paper, distinction.name, in: cell))
  }

  /// A value of the protocol as it is in `cell`: `way x shot` is `way x 5` with five shots.
  private static func comparable(_ value: String, _ name: String, in cell: Cell) -> String {
    switch name {
    case "query" where value == "shot": return "\(cell.shot)"
    case "normalizeQueries":
      guard let grouping = QueryGrouping(text: value) else { return value }
      return QueryGrouping.perClass(grouping.perClass(of: cell.testShape)).text
    default: return value
    }
  }

  /// What the paper set; nil if the figure does not name it.
  private func paperValue(of name: String) -> String? {
    switch name {
    case "metaRate": metaRate.map { "\($0)" }
    case "filters": filters.map { "\($0)" }
    case "trainWay": trainWay.map { "\($0)" }
    default: settings[name] ?? protocolValues[name]
    }
  }

  /// What `cell` has under a name of the protocol; nil where it has nothing of this name.
  private static func ownValue(of name: String, in cell: Cell) -> String? {
    switch name {
    case "batchNorm": cell.queryNormalization.rawValue
    case "query": "\(cell.test.query)"
    case "normalizeQueries": cell.normalizesQueries ? cell.test.normalizeQueries.text : nil
    default: cell.value(of: name)?.description
    }
  }

  /// `0.40` and `0.4` are equal.
  private static func areEqual(_ one: String, _ other: String) -> Bool {
    one == other || Double(one) != nil && Double(one) == Double(other)
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
      let own = Self.ownValue(of: name, in: cell)
      if let own,
        Self.areEqual(Self.comparable(own, name, in: cell), Self.comparable(paper, name, in: cell))
      {
        continue
      }
      // It does not matter which queries are passed together where they are not normalized so.
      if own == nil, name == "normalizeQueries" { continue }
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

extension Cell {
  /// Filters of each convolution; nil where there is no convolution.
  var filters: Int? {
    guard hasNetwork, settings["network"] ?? .text("conv") == .text("conv"),
      case .integer(let filters) = settings["filters"]
    else { return nil }
    return filters
  }
}
