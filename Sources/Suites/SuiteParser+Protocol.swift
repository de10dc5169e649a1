import FewShot
import Episodes
import Networks
import Statistics

extension SuiteParser {
  /// The section `protocol`, read once and given to every cell.
  struct Protocols {
    let training: TrainingProtocol
    let test: TestProtocol
    let splits: SuiteNode?
    /// Where the file says each of its values.
    let origins: [String: ValueOrigin]

    /// One name for all datasets, or a mapping from dataset to name; else the dataset's first.
    func split(of dataset: Catalog.Dataset) throws -> String {
      guard let node = try splitNode(of: dataset) else { return dataset.splits[0].name }
      return try SuiteParser.split(node, of: dataset)
    }

    /// Where the name of a dataset's split is; nil if it is not given.
    func splitNode(of dataset: Catalog.Dataset) throws -> SuiteNode? {
      guard let splits, splits.isMapping else { return splits }
      return try splits.section()[dataset.name]
    }
  }

  static let trainKeys = [
    "iterations", "metaBatch", "query", "validateEvery", "validationEpisodes",
  ]
  static let testKeys = ["episodes", "until", "query", "batchNorm", "normalizeQueries"]

  static func split(_ node: SuiteNode, of dataset: Catalog.Dataset) throws -> String {
    try node.name(of: "split of \(dataset.name)", among: dataset.splits.map(\.name))
  }

  func protocols(_ node: SuiteNode) throws -> Protocols {
    let section = try node.section()
    try section.allow(["kind", "split", "train", "test"])
    _ = try section["kind"]?.name(of: "kind of protocol", among: ["few-shot"])
    let train = try section.required(
      "train", example: "train: { iterations: 1000, metaBatch: 4, query: 15 }"
    ).section()
    try train.allow(Self.trainKeys)
    let test = try section.required("test", example: "test: { episodes: 600, query: 15 }").section()
    try test.allow(Self.testKeys)
    if let splits = section["split"], splits.isMapping {
      try splits.section().allow(catalog.datasets.map(\.name))
    }

    var training = TrainingProtocol(
      iterations: 0, metaBatch: 1, query: 1, validateEvery: 0, validationEpisodes: 100)
    _ = try train.required("iterations", example: "iterations: 1000")
    for entry in train.entries { try Self.set(entry, of: &training) }
    var testing = TestProtocol(
      episodes: SequentialWidth.mostEpisodes, query: 1, batchNorm: .queryBatch)
    if test["until"] == nil { _ = try test.required("episodes", example: "episodes: 600") }
    _ = try test.required("query", example: "query: 15")
    for entry in test.entries { try Self.set(entry.key, to: entry.value, of: &testing) }
    var origins: [String: ValueOrigin] = [:]
    for entry in train.entries { origins["train.\(entry.key)"] = ValueOrigin(entry.value) }
    for entry in test.entries { origins["test.\(entry.key)"] = ValueOrigin(entry.value) }
    return Protocols(
      training: training, test: testing, splits: section["split"], origins: origins)
  }

  /// Throws if the protocol leaves out what some cell is trained with.
  func checkTraining(_ top: SuiteSection, of drafts: [CellDraft]) throws {
    guard let train = try top["protocol"]?.section()["train"]?.section() else { return }
    if drafts.contains(where: \.needsMetaBatch) {
      _ = try train.required("metaBatch", example: "metaBatch: 4")
    }
    if drafts.contains(where: \.needsTrainQuery) {
      _ = try train.required("query", example: "query: 15")
    }
  }

  private static func set(
    _ entry: SuiteSection.Entry, of training: inout TrainingProtocol
  ) throws {
    let value = entry.value
    switch entry.key {
    case "iterations": training.iterations = try value.integer(atLeast: 0)
    case "metaBatch": training.metaBatch = try value.integer(atLeast: 1)
    case "query": training.query = try value.integer(atLeast: 1)
    case "validateEvery": training.validateEvery = try value.integer(atLeast: 0)
    case "validationEpisodes": training.validationEpisodes = try value.integer(atLeast: 2)
    default: preconditionFailure("'\(entry.key)' was checked to be a key of train")
    }
  }

  static func set(_ key: String, to value: SuiteNode, of test: inout TestProtocol) throws {
    switch key {
    case "episodes": test.episodes = try value.integer(atLeast: 2)
    case "until":
      let until = try value.number()
      guard until > 0, until.isFinite else {
        throw value.outOfRange("above 0, for example 0.005 for half a point of accuracy")
      }
      test.until = until
    case "query": test.query = try value.integer(atLeast: 1)
    case "normalizeQueries":
      guard let grouping = QueryGrouping(text: try value.text()) else {
        throw value.outOfRange("'all', 'way x shot' or, for so many queries of each class, 'way x 1'")
      }
      test.normalizeQueries = grouping
    case "batchNorm":
      let names = BatchNormPolicy.allCases.map(\.rawValue)
      let name = try value.name(of: "batch-norm policy", among: names)
      test.batchNorm = BatchNormPolicy(rawValue: name)!
    default: preconditionFailure("'\(key)' was checked to be a key of test")
    }
  }

  // MARK: Overrides

  /// Applies the entries in order, so that later ones win. Conditions see the cells as the grid and
  /// `settings` made them, not what earlier overrides changed.
  func applyOverrides(_ node: SuiteNode?, to drafts: inout [CellDraft]) throws {
    guard let node else { return }
    let before = drafts
    for entry in node.values() {
      let section = try entry.section()
      try section.allow(["when", "set"])
      let when = try selection(section.required("when", example: "when: { way: 20 }"))
      let set = try section.required("set", example: "set: { innerRate: 0.1 }").section()
      let matched = before.indices.filter { when.contains(before[$0].value) }
      guard !matched.isEmpty else {
        throw SuiteError.matchesNothing(entry.place, section: "override")
      }
      for index in matched {
        try apply(set, to: &drafts[index])
      }
    }
  }

  private func apply(_ set: SuiteSection, to draft: inout CellDraft) throws {
    for entry in set.entries {
      switch entry.key {
      case "train":
        let section = try entry.value.section()
        try section.allow(Self.trainKeys)
        for entry in section.entries {
          try Self.set(entry, of: &draft.training)
          draft.places.values["train.\(entry.key)"] = ValueOrigin(entry.value)
        }
      case "test":
        let section = try entry.value.section()
        try section.allow(Self.testKeys)
        for entry in section.entries {
          try setTest(entry, of: &draft)
        }
      case "split":
        guard !draft.isSplitOfGrid else {
          throw SuiteError.fixedByGrid(
            entry.place, key: entry.key, algorithm: draft.algorithm.name)
        }
        draft.split = try Self.split(entry.value, of: draft.dataset)
        draft.places.values["split"] = ValueOrigin(entry.value)
      case let key where Self.trainKeys.contains(key) && Self.testKeys.contains(key):
        throw SuiteError.ambiguousKey(entry.place, key: key)
      case let key where Self.trainKeys.contains(key):
        try Self.set(entry, of: &draft.training)
        draft.places.values["train.\(key)"] = ValueOrigin(entry.value)
      case let key where Self.testKeys.contains(key):
        try setTest(entry, of: &draft)
      default:
        try applySetting(entry, in: set, to: &draft)
      }
    }
  }

  private func setTest(_ entry: SuiteSection.Entry, of draft: inout CellDraft) throws {
    guard !draft.fixed.contains(where: { $0.name == entry.key }) else {
      throw SuiteError.fixedByGrid(entry.place, key: entry.key, algorithm: draft.algorithm.name)
    }
    try Self.set(entry.key, to: entry.value, of: &draft.test)
    draft.places.values["test.\(entry.key)"] = ValueOrigin(entry.value)
  }

  private func applySetting(
    _ entry: SuiteSection.Entry, in set: SuiteSection, to draft: inout CellDraft
  ) throws {
    let algorithm = draft.algorithm
    guard algorithm.settingNames.contains(entry.key) else {
      let others = ["train", "test", "split"] + Self.trainKeys + Self.testKeys
      let known = algorithm.settingNames + others.filter { $0 != "query" }
      throw SuiteError.unknownKey(
        entry.place, key: entry.key, section: "\(set.path) for \(algorithm.name)",
        nearest: nearestName(to: entry.key, among: known), known: known)
    }
    let descriptions = algorithm.settings(isRegression: draft.dataset.isRegression) ?? []
    guard let description = descriptions.first(where: { $0.name == entry.key }) else {
      throw SuiteError.settingOfAnotherKind(
        entry.place, key: entry.key, algorithm: algorithm.name, dataset: draft.dataset.name)
    }
    guard !draft.fixed.contains(where: { $0.name == entry.key }) else {
      throw SuiteError.fixedByGrid(entry.place, key: entry.key, algorithm: algorithm.name)
    }
    draft.settings.set(entry.key, to: try entry.value.value(of: description))
    draft.places.values["settings.\(entry.key)"] = ValueOrigin(entry.value)
  }
}
