import Episodes
import Kinds

extension SuiteParser {
  /// The section `protocol`, read once and given to every cell.
  struct Protocols {
    let training: Settings
    let test: Settings
    let trainPlace: SourcePlace
    let testPlace: SourcePlace
    let splits: SuiteNode?
    /// Where the file says each of its values.
    let origins: [String: ValueOrigin]

    /// One name for all datasets, or a mapping from dataset to name; else the dataset's first.
    func split(of dataset: DatasetDescription) throws -> String {
      guard let node = try splitNode(of: dataset) else { return dataset.splits[0].name }
      return try SuiteParser.split(node, of: dataset)
    }

    /// Where the name of a dataset's split is; nil if it is not given.
    func splitNode(of dataset: DatasetDescription) throws -> SuiteNode? {
      guard let splits, splits.isMapping else { return splits }
      return try splits.section()[dataset.name]
    }
  }

  static func split(_ node: SuiteNode, of dataset: DatasetDescription) throws -> String {
    try node.name(of: "split of \(dataset.name)", among: dataset.splits.map(\.name))
  }

  func protocols(_ node: SuiteNode) throws -> Protocols {
    let section = try node.section()
    try section.allow(["kind", "split", "train", "test"])
    var origins: [String: ValueOrigin] = [:]
    func part(_ name: String, _ keys: [SettingDescription]) throws -> (Settings, SourcePlace) {
      var settings = Settings(keys)
      let required = keys.compactMap(\.example)
      guard let node = section[name] else {
        guard required.isEmpty else {
          throw SuiteError.missingKey(
            section.place, key: name, section: section.path,
            example: "\(name): { \(required.joined(separator: ", ")) }")
        }
        return (settings, section.place)
      }
      let inside = try node.section()
      try inside.allow(keys.map(\.name))
      for key in keys {
        if let example = key.example { _ = try inside.required(key.name, example: example) }
      }
      for entry in inside.entries {
        let key = keys.first { $0.name == entry.key }!
        settings.set(entry.key, to: try entry.value.value(of: key))
        origins["\(name).\(entry.key)"] = ValueOrigin(entry.value)
      }
      return (settings, inside.place)
    }
    let (training, trainPlace) = try part("train", kind.description.training)
    let (test, testPlace) = try part("test", kind.description.testing)
    if let splits = section["split"], splits.isMapping {
      try splits.section().allow(catalog.datasets.map(\.name))
    }
    return Protocols(
      training: training, test: test, trainPlace: trainPlace, testPlace: testPlace,
      splits: section["split"], origins: origins)
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
    let (training, testing) = (kind.description.training, kind.description.testing)
    func described(_ key: String, in keys: [SettingDescription]) -> SettingDescription? {
      keys.first { $0.name == key }
    }
    for entry in set.entries {
      switch entry.key {
      case "train":
        let section = try entry.value.section()
        try section.allow(training.map(\.name))
        for entry in section.entries {
          try setTraining(entry, described(entry.key, in: training)!, of: &draft)
        }
      case "test":
        let section = try entry.value.section()
        try section.allow(testing.map(\.name))
        for entry in section.entries {
          try setTest(entry, described(entry.key, in: testing)!, of: &draft)
        }
      case "split":
        guard !draft.isSplitOfGrid else {
          throw SuiteError.fixedByGrid(
            entry.place, key: entry.key, algorithm: draft.system.name)
        }
        draft.split = try Self.split(entry.value, of: draft.dataset)
        draft.places.values["split"] = ValueOrigin(entry.value)
      default:
        switch (described(entry.key, in: training), described(entry.key, in: testing)) {
        case (_?, _?): throw SuiteError.ambiguousKey(entry.place, key: entry.key)
        case (let key?, nil): try setTraining(entry, key, of: &draft)
        case (nil, let key?): try setTest(entry, key, of: &draft)
        case (nil, nil): try applySetting(entry, in: set, to: &draft)
        }
      }
    }
  }

  private func setTraining(
    _ entry: SuiteSection.Entry, _ key: SettingDescription, of draft: inout CellDraft
  ) throws {
    draft.training.set(key.name, to: try entry.value.value(of: key))
    draft.places.values["train.\(key.name)"] = ValueOrigin(entry.value)
  }

  private func setTest(
    _ entry: SuiteSection.Entry, _ key: SettingDescription, of draft: inout CellDraft
  ) throws {
    guard !draft.fixed.contains(where: { $0.name == entry.key }) else {
      throw SuiteError.fixedByGrid(entry.place, key: entry.key, algorithm: draft.system.name)
    }
    draft.test.set(key.name, to: try entry.value.value(of: key))
    draft.places.values["test.\(key.name)"] = ValueOrigin(entry.value)
  }

  private func applySetting(
    _ entry: SuiteSection.Entry, in set: SuiteSection, to draft: inout CellDraft
  ) throws {
    let algorithm = draft.system
    guard algorithm.settingNames.contains(entry.key) else {
      let keys = (kind.description.training + kind.description.testing).map(\.name)
      let own = keys.filter { key in keys.count { $0 == key } == 1 }
      let known = algorithm.settingNames + ["train", "test", "split"] + own
      throw SuiteError.unknownKey(
        entry.place, key: entry.key, section: "\(set.path) for \(algorithm.name)",
        nearest: nearestName(to: entry.key, among: known), known: known)
    }
    let descriptions = algorithm.settings(draft.dataset) ?? []
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
