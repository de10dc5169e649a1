import Measures
import Storage

/// Trials of settings, in the files of cells and checkpoints.
extension HDF5File {
  /// Writes them below `/tuning`; nothing if there are none.
  ///
  /// - Precondition: All trials have the same settings, and as many scores unless they diverged.
  func write(trials: [TuningRecord.Trial]) throws {
    guard let first = trials.first else { return }
    let units = trials.map(\.scores.count).max() ?? 0
    try setAttribute("tuned", first.values.entries.map(\.name).joined(separator: "\n"))
    for entry in first.values.entries {
      try write(trials.map { $0.values[entry.name]! }, of: entry.name)
    }
    try write(
      "/tuning/score",
      trials.flatMap { $0.scores.isEmpty ? Array(repeating: .nan, count: units) : $0.scores },
      shape: [trials.count, units])
    try write("/tuning/iterations", trials.map { Int64($0.iterations) }, shape: [trials.count])
    try write("/tuning/seconds", trials.map(\.seconds), shape: [trials.count])
  }

  /// The trials; none if the file has none.
  ///
  /// - Throws: `StorageError`, `ResultsError.inconsistent`.
  func readTrials() throws -> [TuningRecord.Trial] {
    guard let text = try text(attribute: "tuned") else { return [] }
    let names = try distinctLines(text, in: "tuned")
    let score = try doubles("/tuning/score")
    let seconds = try seconds("/tuning/seconds")
    let iterations = try counts("/tuning/iterations")
    let values = try names.map { try (name: $0, values: settings($0)) }
    guard score.shape.count == 2, score.shape[0] > 0,
      ([seconds.count, iterations.count] + values.map(\.values.count)).allSatisfy({ $0 == score.shape[0] })
    else { throw inconsistent("the datasets of /tuning differ in length") }
    let units = score.shape[1]
    return seconds.indices.map { trial in
      let scores = Array(score.values[trial * units..<(trial + 1) * units])
      return TuningRecord.Trial(
        values: Coordinates(values.map { .init($0.name, $0.values[trial]) }),
        scores: scores.contains(where: \.isNaN) ? [] : scores, iterations: iterations[trial],
        seconds: seconds[trial])
    }
  }

  /// The trials and which was chosen; nil if the file has none.
  ///
  /// - Throws: As ``readTrials()``.
  func readTuning() throws -> TuningRecord? {
    let trials = try readTrials()
    guard !trials.isEmpty else { return nil }
    let chosen = try requiredInteger("chosen")
    guard trials.indices.contains(chosen) else { throw inconsistent("there is no trial \(chosen)") }
    return TuningRecord(trials: trials, chosen: chosen)
  }

  // MARK: Values of one setting

  private static func dataset(_ name: String) -> String { "/tuning/values/\(name)" }

  /// Numbers as a dataset; words as an attribute, for files hold no lists of texts.
  private func write(_ values: [SettingValue], of name: String) throws {
    let integers = values.compactMap { value in
      if case .integer(let integer) = value { Int64(integer) } else { nil }
    }
    let numbers = values.compactMap { value in
      if case .number(let number) = value { number } else { nil }
    }
    if integers.count == values.count {
      try write(Self.dataset(name), integers, shape: [values.count])
    } else if numbers.count == values.count {
      try write(Self.dataset(name), numbers, shape: [values.count])
    } else {
      try setAttribute("tuned: \(name)", values.map(\.description).joined(separator: "\n"))
    }
  }

  private func settings(_ name: String) throws -> [SettingValue] {
    if let words = try text(attribute: "tuned: \(name)") {
      return words.split(separator: "\n").map { word in
        ["true", "false"].contains(word) ? .flag(word == "true") : .text(String(word))
      }
    }
    if let integers = try? int64s(Self.dataset(name)) { return integers.values.map { .integer(Int($0)) } }
    return try doubles(Self.dataset(name)).values.map(SettingValue.number)
  }
}
