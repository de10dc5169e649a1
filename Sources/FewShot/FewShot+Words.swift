import Episodes
import Kinds

/// The words for few-shot learning in ids, headings and footnotes.
extension FewShot {
  public var slug: String { "\(way)way-\(shot)shot" }

  public var words: String { isRegression ? "K = \(shot)" : "\(way)-way \(shot)-shot" }

  public func words(of axis: String) -> String {
    switch axis {
    case Keys.way.name: isRegression ? "" : "\(way)-way"
    case Keys.shot.name: isRegression ? "K = \(shot)" : "\(shot)-shot"
    default: ""
    }
  }

  public var chance: Double? { isRegression ? nil : 1 / Double(way) }

  public var answers: Int? { isRegression ? nil : way * query }

  public func facts(of system: System) -> [CellFact] {
    var facts = [
      CellFact(.units, isRegression ? "queries" : "queries per class", query.grouped),
    ]
    if let normalization { facts.append(CellFact(.test, "Batch-norm policy at test", normalization)) }
    facts.append(CellFact(.training, "Training", training(of: system)))
    if let filters { facts.append(CellFact(.training, "Filters of each convolution", "\(filters)")) }
    return facts
  }

  private var normalization: String? {
    guard !isRegression else { return nil }
    guard hasNetwork else { return "no network" }
    guard isNormalized else { return "no normalized layers" }
    guard normalizesQueries else { return "`\(queryNormalization.rawValue)`" }
    return "`\(queryNormalization.rawValue)` (transductive), "
      + "\((way * effectiveGrouping.perClass(of: testShape)).grouped) queries at a time"
      + " (`\(effectiveGrouping.text)`)"
  }

  private func training(of system: System) -> String {
    guard isTrained(system) else { return "not trained" }
    let iterations = values.training[Keys.iterations].counted("iteration")
    switch system.trainsOn {
    case .metaBatch:
      return "\(iterations) of \(values.training[Keys.metaBatch].counted("episode"))"
    case .episode:
      let way = values.settings[ifPresent: TrainingKeys.way].map { "\($0)-way " } ?? ""
      return "\(iterations) of one \(way)episode"
    case .examples:
      let batch = values.settings[ifPresent: Pretraining.batch].map { "\($0) " } ?? ""
      return "\(iterations) of \(batch)examples"
    }
  }

  /// Filters of each convolution; nil where there is no convolution.
  private var filters: Int? {
    guard hasNetwork, values.settings[ifPresent: Problem.network] ?? .conv == .conv else { return nil }
    return values.settings[ifPresent: Problem.filters]
  }

  public func streams(of system: System) -> [StreamUse] {
    let adaptation = StreamUse(.noise, "what the learner draws for itself, if it does, on test episode i", at: "test (i)")
    guard hasNetwork else { return [] }
    let parameters = StreamUse(.weights, "initial parameters", at: "parameters")
    guard isTrained(system) else { return [parameters, adaptation] }
    let tasks =
      switch system.trainsOn {
      case .metaBatch: StreamUse(.order, "episode k of iteration i", at: "episode (i, k)")
      case .episode: StreamUse(.order, "episode of iteration i", at: "episode (i, 0)")
      case .examples: StreamUse(.order, "batch of iteration i", at: "batch (i)")
      }
    return [
      parameters, tasks,
      StreamUse(.noise, "what the learner draws, if it does, on episode k of iteration i", at: "training (i, k)"),
      adaptation,
    ]
  }

  // MARK: Published figures

  public func publishedValue(_ name: String) -> String? {
    switch name {
    case "batchNorm": queryNormalization.rawValue
    case "query": "\(query)"
    case "normalizeQueries": normalizesQueries ? effectiveGrouping.text : nil
    case "filters": filters.map { "\($0)" }
    default: values.settings[name]?.description
    }
  }

  /// `way x shot` is `way x 5` with five shots, and as many queries as shots are 5.
  public func comparable(_ value: String, of name: String) -> String {
    switch name {
    case "query" where value == "shot": return "\(shot)"
    case "normalizeQueries":
      guard let grouping = QueryGrouping(text: value) else { return value }
      return QueryGrouping.perClass(grouping.perClass(of: testShape)).text
    default: return value
    }
  }
}
