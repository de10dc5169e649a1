import Algorithms

/// A cell while its suite is being read: overrides may still change it.
struct CellDraft {
  /// A setting that the grid itself gives a value.
  struct Fixed {
    let name: String
    let value: SettingValue
  }

  /// Where the grid says what the cell is, for errors.
  struct Places {
    var algorithm: SourcePlace
    var dataset: SourcePlace
    var way: SourcePlace
    var shot: SourcePlace
  }

  let algorithm: Catalog.Algorithm
  let fixed: [Fixed]
  let dataset: Catalog.Dataset
  var split: String
  let way: Int
  let shot: Int
  let repetition: Int
  var training: TrainingProtocol
  var test: TestProtocol
  var settings: Settings
  let places: Places

  var splitDescription: Catalog.Split {
    guard let found = dataset.splits.first(where: { $0.name == split }) else {
      preconditionFailure("'\(split)' was checked to be a split of \(dataset.name)")
    }
    return found
  }

  /// The fixed settings as people read them: a text speaks for itself, a number needs its name.
  var variant: String {
    fixed.map { fixed in
      if case .text(let text) = fixed.value { return text }
      return "\(fixed.name) \(fixed.value)"
    }.joined(separator: ", ")
  }

  /// The fixed settings as part of a file name, each after a hyphen.
  var slug: String {
    fixed.map { fixed in
      if case .text(let text) = fixed.value { return "-\(text)" }
      return "-\(fixed.name)\(fixed.value)"
    }.joined()
  }

  func value(of key: String) -> SettingValue? {
    switch key {
    case "algorithm": .text(algorithm.name)
    case "dataset": .text(dataset.name)
    case "split": .text(split)
    case "way": .integer(way)
    case "shot": .integer(shot)
    case "repeat": .integer(repetition)
    default: settings[key]
    }
  }

  /// Throws if there cannot be such episodes.
  func validate() throws {
    let split = splitDescription
    if dataset.isRegression {
      guard way == 1 else {
        throw SuiteError.wayOfRegression(places.way, dataset: dataset.name, way: way)
      }
      return
    }
    // ProtoNet's training episodes have a way and queries of their own.
    let trainWay = wholeSetting("trainWay") ?? way
    let trainQuery = wholeSetting("trainQuery")
    let validates = training.validateEvery > 0
    for (part, available, way) in [
      ("train", split.trainClasses, trainWay),
      ("validation", validates ? split.validationClasses : Int.max, way),
      ("test", split.testClasses, way),
    ] where available < way {
      throw SuiteError.tooFewClasses(
        places.way, dataset: dataset.name, split: split.name, part: part, available: available,
        way: way)
    }
    for (query, key) in [
      (trainQuery ?? training.query, trainQuery == nil ? "train.query" : "trainQuery"),
      (test.query, "test.query"),
    ] where query > split.examplesPerClass - shot {
      throw SuiteError.tooFewExamples(
        places.shot, dataset: dataset.name, split: split.name, available: split.examplesPerClass,
        shot: shot, query: query, queryKey: key)
    }
  }

  private func wholeSetting(_ name: String) -> Int? {
    guard case .integer(let value) = settings[name], value > 0 else { return nil }
    return value
  }
}
