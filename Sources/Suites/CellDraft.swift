import Episodes
import FewShot
import Kinds
import Measures

/// A cell while its suite is being read: overrides may still change it.
struct CellDraft {
  /// A setting, or a key of the test protocol, that the grid itself gives a value.
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
    /// Of all values that are not at their defaults: `way`, `train.iterations`,
    /// `settings.innerRate` and so on.
    var values: [String: ValueOrigin]

    func setting(_ name: String) -> SourcePlace? { values["settings.\(name)"]?.place }
  }

  let algorithm: Catalog.Algorithm
  let fixed: [Fixed]
  let dataset: Catalog.Dataset
  var split: String
  /// Whether the grid names the split, so that cells of several stand side by side.
  let isSplitOfGrid: Bool
  let way: Int
  let shot: Int
  let repetition: Int
  var training: TrainingProtocol
  var test: TestProtocol
  var settings: Settings
  var places: Places

  var splitDescription: Catalog.Split {
    guard let found = dataset.splits.first(where: { $0.name == split }) else {
      preconditionFailure("'\(split)' was checked to be a split of \(dataset.name)")
    }
    return found
  }

  /// The fixed settings as people read them: a text speaks for itself, a number needs its name, a flag is
  /// its name.
  var variant: String {
    fixed.map { fixed in
      switch fixed.value {
      case .text(let text): fixed.name == "normalizeQueries" ? "queries \(text)" : text
      case .flag(let isSet): isSet ? fixed.name : "no \(fixed.name)"
      case .integer, .number: "\(fixed.name) \(fixed.value)"
      }
    }.joined(separator: ", ")
  }

  /// The fixed settings as part of a file name, each after a hyphen.
  var slug: String {
    fixed.map { fixed in
      if fixed.name == "normalizeQueries" {
        return "-queries-\(fixed.value)".replacing(" ", with: "-")
      }
      if case .text(let text) = fixed.value { return "-\(text)" }
      return "-\(fixed.name)\(fixed.value)"
    }.joined()
  }

  /// The test protocol without what does not matter: which queries are passed together where their own
  /// statistics do not normalize them, and by which name all of them are.
  var effectiveTest: TestProtocol {
    var test = test
    let isOneGroup =
      test.normalizeQueries.perClass(of: EpisodeShape(way: way, shot: shot, query: test.query)) == test.query
    if isOneGroup || !test.normalizesQueries(settings, isRegression: dataset.isRegression) {
      test.normalizeQueries = .all
    }
    return test
  }

  /// The fixed settings, each with what it is where nothing is said.
  var distinctions: [CellDistinction] {
    let known = algorithm.settings(isRegression: dataset.isRegression) ?? []
    return fixed.map { fixed in
      let standard = known.first { $0.name == fixed.name }?.standard ?? TestProtocol.standard[fixed.name]
      return CellDistinction(
        name: fixed.name, value: fixed.value, isStandard: fixed.value == standard)
    }
  }

  func value(of key: String) -> SettingValue? {
    CellCoordinates(
      algorithm: algorithm.name, dataset: dataset.name, split: split, way: way, shot: shot,
      repetition: repetition, test: effectiveTest, settings: settings
    ).value(of: key)
  }

  // MARK: Checks

  /// Whether training draws episodes.
  private var trainsOnEpisodes: Bool { algorithm.trainsOn != .examples }

  /// Whether training draws as many episodes as `train.metaBatch` says.
  var needsMetaBatch: Bool { algorithm.trainsOn == .metaBatch }

  /// Whether training draws as many queries as `train.query` says.
  var needsTrainQuery: Bool { trainsOnEpisodes && settings["trainQuery"] == nil }

  /// Throws if there cannot be such episodes.
  func validate() throws {
    if dataset.isRegression {
      guard way == 1 else {
        throw SuiteError.wayOfRegression(places.way, dataset: dataset.name, way: way)
      }
      return
    }
    try checkClasses()
    try checkExamples()
    try checkGroups()
  }

  /// Throws if queries do not fall into equal groups, or if the grid names groups that mean nothing.
  private func checkGroups() throws {
    let place = places.values["test.normalizeQueries"]?.place ?? places.algorithm
    guard test.normalizesQueries(settings, isRegression: dataset.isRegression) else {
      guard fixed.contains(where: { $0.name == "normalizeQueries" }) else { return }
      throw SuiteError.impossible(
        place, algorithm: algorithm.name, dataset: dataset.name,
        reason: "'normalizeQueries' means nothing here, for queries are not normalized by their own statistics. Leave it out.")
    }
    let count = test.normalizeQueries.perClass(of: EpisodeShape(way: way, shot: shot, query: test.query))
    guard test.query % count == 0 else {
      throw SuiteError.unequalGroups(
        place, grouping: test.normalizeQueries.text, count: count, query: test.query)
    }
  }

  /// The episodes that training draws, if it draws any.
  private var trainingShape: EpisodeShape {
    settings.trainingShape(EpisodeShape(way: way, shot: shot, query: training.query))
  }

  private func checkClasses() throws {
    let split = splitDescription
    let trainWay = trainingShape.way
    if trainsOnEpisodes, trainWay != way, trainWay > split.trainClasses {
      throw SuiteError.trainWayTooLarge(
        places.setting("trainWay") ?? places.algorithm, algorithm: algorithm.name,
        dataset: dataset.name, split: split.name, available: split.trainClasses, way: trainWay)
    }
    let validates = training.validateEvery > 0
    for (part, available, way) in [
      ("train", split.trainClasses, trainsOnEpisodes ? trainWay : 0),
      ("validation", split.validationClasses, validates ? way : 0),
      ("test", split.testClasses, way),
    ] where available < way {
      throw SuiteError.tooFewClasses(
        places.way, dataset: dataset.name, split: split.name, part: part, available: available,
        way: way)
    }
  }

  private func checkExamples() throws {
    let split = splitDescription
    var demands = [(shot, test.query, "test.query")]
    if trainsOnEpisodes {
      let key = Settings.trainingKeys.first { settings[$0] != nil && $0 != "trainWay" }
      demands.insert((trainingShape.shot, trainingShape.query, key ?? "train.query"), at: 0)
    }
    for (shot, query, key) in demands where query > split.examplesPerClass - shot {
      let isFault = key == "trainShot" || shot < split.examplesPerClass
      throw SuiteError.tooFewExamples(
        (isFault ? places.setting(key) : nil) ?? places.shot, dataset: dataset.name,
        split: split.name, available: split.examplesPerClass, shot: shot, query: query,
        queryKey: key)
    }
  }

  /// Makes the cell's learner and forgets it.
  ///
  /// - Returns: Whether it has anything to train.
  /// - Throws: `SuiteError.impossible` if there is no such learner.
  func isTrained() throws -> Bool {
    guard let make = algorithm.make, let inputKind = dataset.inputKind else { return true }
    let problem = Problem(
      inputKind: inputKind, training: EpisodeShape(way: way, shot: shot, query: training.query),
      metaBatch: training.metaBatch, iterations: training.iterations,
      trainingClasses: dataset.isRegression ? nil : splitDescription.trainClasses,
      batchNorm: test.batchNorm, contextWidth: splitDescription.contextWidth)
    do {
      return try make(settings, problem)
    } catch {
      var place = places.algorithm
      if case AlgorithmError.networkNeedsImages = error {
        place = places.setting("network") ?? place
      }
      throw SuiteError.impossible(
        place, algorithm: algorithm.name, dataset: dataset.name, reason: "\(error)")
    }
  }
}
