extension Cell {
  /// Every value that can change the cell's numbers, by the name under which ``Suite/origin(of:in:)``
  /// tells where it is said.
  public var values: [(name: String, value: String)] {
    var values = [("algorithm", algorithm)]
    values += settings.entries.map { ("settings.\($0.name)", "\($0.value)") }
    values += [
      ("dataset", dataset), ("split", split), ("way", "\(way)"), ("shot", "\(shot)"),
      ("repeat", "\(repetition)"),
      ("train.iterations", "\(training.iterations)"), ("train.metaBatch", "\(training.metaBatch)"),
      ("train.query", "\(training.query)"), ("train.validateEvery", "\(training.validateEvery)"),
      ("train.validationEpisodes", "\(training.validationEpisodes)"),
      ("test.episodes", "\(test.episodes)"),
    ]
    if let until = test.until { values.append(("test.until", "\(until)")) }
    values += [
      ("test.query", "\(test.query)"), ("test.batchNorm", test.batchNorm.rawValue),
      ("test.normalizeQueries", test.normalizeQueries.text),
      ("seed", "\(seed)"), ("version", "\(version)"),
    ]
    return values
  }
}
