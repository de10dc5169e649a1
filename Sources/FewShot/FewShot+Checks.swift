import Episodes
import Kinds

/// Checks whether such episodes exist.
extension FewShot {
  static func grouping(_ values: CellValues) throws -> QueryGrouping {
    guard let grouping = QueryGrouping(text: values.testing[Keys.normalizeQueries]) else {
      throw PlanError(
        "test.normalizeQueries",
        fault: .impossible(
          "'normalizeQueries' is '\(values.testing[Keys.normalizeQueries])', but must be 'all', "
            + "'way x shot' or, for so many queries of each class, 'way x 1'."))
    }
    return grouping
  }

  /// Throws ``PlanError`` for what no system could be tested on.
  func checkTest() throws {
    if values.given.contains("test.until") {
      let until = values.testing[Keys.until]
      guard until > 0, until.isFinite else {
        throw PlanError(
          "test.until",
          fault: .impossible(
            "'until' is \(until), but must be above 0, for example 0.005 for half a point of accuracy."))
      }
    } else if !values.given.contains("test.episodes") {
      throw PlanError("test.episodes", fault: .missing(example: "episodes: 600"))
    }
    guard !isRegression else {
      guard way == 1 else {
        throw PlanError(
          "way",
          fault: .impossible(
            "\(values.dataset.name) is regression and has no classes, so 'way' must be 1, not \(way). "
              + "Give it a grid of its own with 'way: 1'."))
      }
      return
    }
    try check(way, of: .test)
    try checkGroups()
  }

  /// Throws ``PlanError`` for what the system cannot be trained on.
  func checkTraining(_ trainsOn: TrainingUnit) throws {
    if trainsOn == .metaBatch, !values.given.contains("train.metaBatch") {
      throw PlanError("train.metaBatch", fault: .missing(example: "metaBatch: 4"))
    }
    if trainsOn != .examples, values.settings[ifPresent: TrainingKeys.query] == nil, !values.given.contains("train.query") {
      throw PlanError("train.query", fault: .missing(example: "query: 15"))
    }
    guard !isRegression else { return }
    let shape = values.settings.trainingShape(problem.training)
    if trainsOn != .examples {
      try checkWay(ofTraining: shape)
      if validates { try check(way, of: .validation) }
      let key = Settings.trainingKeys.first { values.settings[$0] != nil && $0 != "trainWay" }
      try checkExamples(shape.shot, shape.query, key ?? "train.query")
    } else if validates {
      try check(way, of: .validation)
    }
    try checkExamples(shot, query, "test.query")
  }

  private var validates: Bool { values.training[Keys.validateEvery] > 0 || values.isTuned }

  private func checkWay(ofTraining shape: EpisodeShape) throws {
    let available = values.split.classes[.train] ?? 0
    guard shape.way > available else { return }
    guard shape.way != way else { return try check(way, of: .train) }
    throw PlanError(
      "settings.trainWay",
      fault: .impossible(
        "'trainWay' of \(values.system) is \(shape.way), but the train part of \(values.dataset.name), split "
          + "'\(values.split.name)', has \(available) classes. Set 'trainWay' to at most \(available)."))
  }

  private func check(_ way: Int, of part: Part) throws {
    let available = values.split.classes[part] ?? 0
    guard available < way else { return }
    throw PlanError(
      "way",
      fault: .impossible(
        "\(way)-way episodes need \(way) classes, but the \(part.rawValue) part of \(values.dataset.name), split "
          + "'\(values.split.name)', has \(available). Lower the way, or choose another split."))
  }

  private func checkExamples(_ shot: Int, _ query: Int, _ key: String) throws {
    let available = values.split.examplesPerClass
    let room = available - shot
    guard query > room else { return }
    let fix =
      key == "trainShot"
      ? "Lower 'trainShot' below \(available)."
      : room > 0 ? "Lower '\(key)' to at most \(room)." : "Lower 'shot' below \(available)."
    let isOfSetting = key == "trainShot" || shot < available
    let sentence =
      "\(shot) shots and \(query) queries need \(shot + query) examples of a class, but "
      + "classes of \(values.dataset.name), split '\(values.split.name)', have \(available). \(fix)"
    throw isOfSetting
      ? PlanError("settings.\(key)", "shot", fault: .impossible(sentence))
      : PlanError("shot", fault: .impossible(sentence))
  }

  /// Throws if queries do not fall into equal groups, or if groups are named that mean nothing.
  private func checkGroups() throws {
    let path = "test.normalizeQueries"
    guard normalizesQueries else {
      guard values.given.contains("fixed.normalizeQueries") else { return }
      throw PlanError(
        path,
        fault: .refused(
          "'normalizeQueries' means nothing here, for queries are not normalized by their own statistics. Leave it out."))
    }
    let count = grouping.perClass(of: testShape)
    guard query % count == 0 else {
      throw PlanError(
        path,
        fault: .impossible(
          "'normalizeQueries: \(grouping.text)' passes \(count) queries of each class together, but an episode has "
            + "\(query), which are no such groups. Set 'test.query' to a multiple of \(count), or 'normalizeQueries' to "
            + "'all' or to 'way x N' with an N that divides \(query)."))
    }
  }
}
