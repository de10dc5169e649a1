import Suites

extension PublishedFigure {
  /// Whether the figure is of what `cell` measures: of the same system on tasks of the same kind,
  /// whatever the scale.
  ///
  /// A cell that its grid sets apart from its algorithm's others, as `maml (freeze 4)`, has the
  /// figure only if the figure is of that setting.
  ///
  /// - Parameter outcome: Of the cell's test; nil for the one that is judged.
  public func isAbout(_ cell: Cell, outcome: String? = nil) -> Bool {
    algorithm == cell.algorithm && isAboutTasks(of: cell, outcome: outcome)
      && settings.allSatisfy { cell.value(of: $0.key)?.description == $0.value }
      && cell.distinctions.allSatisfy { isOfTheSystem($0, in: cell) }
  }

  /// Whether the figure is of the tasks that `cell` is tested on, whoever did them.
  ///
  /// - Parameter outcome: Of the cell's test; nil for the one that is judged.
  func isAboutTasks(of cell: Cell, outcome: String? = nil) -> Bool {
    dataset == cell.dataset && splits.contains(cell.split) && hasPlace(of: cell)
      && metric == outcome ?? cell.metric.name
  }

  /// Whether what sets a cell apart leaves it the system that the figure is of: it is what the paper
  /// set, or, where the figure does not name it, the algorithm's default.
  private func isOfTheSystem(_ distinction: CellDistinction, in cell: Cell) -> Bool {
    guard let paper = paperValue(of: distinction.name) else { return distinction.isStandard }
    return Self.areEqual(
      Self.comparable(distinction.value.description, distinction.name, in: cell),
      Self.comparable(paper, distinction.name, in: cell))
  }

  /// Whether the cell stands where the figure does: at its coordinates on the axes of the cell's kind.
  private func hasPlace(of cell: Cell) -> Bool {
    cell.axes.entries.allSatisfy { axis in coordinates[axis.name] == axis.value.description }
  }

  /// A value of the protocol as it is in `cell`: `way x shot` is `way x 5` with five shots.
  private static func comparable(_ value: String, _ name: String, in cell: Cell) -> String {
    cell.plan.kind.comparable(value, of: name)
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
    cell.plan.kind.publishedValue(name) ?? cell.value(of: name)?.description
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
    return cell.plan.effort.iterations >= iterations
      && (metaBatch == nil || number("metaBatch", in: cell).map { $0 >= metaBatch! } ?? false)
      && cell.leastTestUnits >= episodes ?? 0
      && (filters == nil || number("filters", in: cell) == filters)
      && (trainWay == nil || number("trainWay", in: cell) == trainWay)
  }

  /// In what `cell` is set otherwise than the paper, where that is known: `2,000 of 60,000 training
  /// iterations`, `metaRate 0.005 instead of 0.001`.
  func deviations(of cell: Cell) -> [String] {
    var words: [String] = []
    func compare(_ own: Int?, _ paper: Int?, _ noun: String) {
      guard let own, let paper, own != paper else { return }
      words.append(
        own < paper
          ? "\(own.grouped) of \(paper.grouped) \(noun)"
          : "\(own.grouped) \(noun) instead of \(paper.grouped)")
    }
    if cell.plan.isTrained {
      compare(cell.plan.effort.iterations, iterations, "training iterations")
      compare(
        cell.plan.effort.unitsPerIteration, metaBatch,
        "\(cell.plan.description.unit.plural) per iteration")
    }
    compare(number("filters", in: cell), filters, "filters")
    compare(number("trainWay", in: cell), trainWay, "training ways")
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
      if cell.plan.kind.publishedValue(name) == nil, cell.test[name] != nil { continue }
      words.append("\(name) \(own.map { "\($0) instead of \(paper)" } ?? "\(paper) in the paper")")
    }
    if !split.isEmpty, split != cell.split {
      words.append("split \(cell.split) instead of \(split)")
    }
    if let episodes, cell.leastTestUnits < episodes {
      compare(cell.leastTestUnits, episodes, "test \(cell.plan.description.unit.plural)")
    }
    return words
  }

  /// A whole number under a name of tables of published figures; nil if the cell has none such.
  private func number(_ name: String, in cell: Cell) -> Int? {
    (cell.plan.kind.publishedValue(name) ?? cell.training[name]?.description).flatMap { Int($0) }
  }
}
