import Judgements
import Kinds
import Measures
import Results
import Statistics
import Suites

extension ReportTable {
  /// How the numbers were made, as sentences.
  var notes: [String] {
    let measured = entries.filter { $0.estimate != nil }
    guard !measured.isEmpty else { return [strangers].compactMap(\.self) }
    let cells = measured.map(\.family.cell)
    let made: [String?] =
      [
        estimator(measured), sequential(cells), exploded, episodes(cells, measured), data(cells),
        examples(measured),
      ] + facts(.test) + [retested, tuned] + facts(.training)
    let unit = cells[0].plan.description.unit
    return (made + [repeats, strangers, scale, verdictNote, deviations, digestNote]).compactMap(\.self)
      .map(unit.said)
  }

  private func estimator(_ measured: [Entry]) -> String {
    let estimates = measured.compactMap(\.estimate)
    let combined = estimates.filter { $0.combined != nil }
    let words = metric.isShare ? "\(metric.words) in percent" : metric.words
    let heading = words.capitalizedFirst
    let episodes = Format.list(estimates.map(\.episodes))
    let unit = measured[0].family.cell.plan.description.unit
    var text = "\(heading): mean ± half-width of the 95 % interval "
    if combined.isEmpty {
      text += "over \(episodes) test \(unit.plural) (\(methods(estimates))"
    } else {
      text += "for other test \(unit.plural) and \(RepeatWords.others(combined.map(\.variesBy))), from \(episodes) "
      text += "\(unit.plural) and \(Format.list(combined.map(\.repeats))) repeats (crossed random effects: "
      text += methods(estimates)
    }
    if estimates.contains(where: { $0.repeats > 1 }) {
      text += "; \(unit.article) \(unit.singular)'s score is its mean over the repeats"
    }
    text += ")."
    if estimates.contains(where: { $0.overEpisodes.estimator == .transformed }) {
      text += " Where an interval is not symmetric about the mean, ± is its longer side."
    }
    guard !combined.isEmpty else { return text }
    if measured.contains(where: isOfOneRepeat) {
      text += " \(RepeatWords.mark): covers other test \(unit.plural) only: \(RepeatWords.ofOne)."
    }
    let fixed = rows.filter { row in
      row.entries.contains { $0?.estimate?.variesBy == .nothing && ($0?.estimate?.repeats ?? 0) > 1 }
    }
    if !fixed.isEmpty {
      text += " Repeats of \(fixed.map(name(of:)).joined(separator: ", ")) do not differ."
    }
    return text
  }

  /// Whether ± says less of an entry than of others in the table.
  func isOfOneRepeat(_ entry: Entry) -> Bool {
    guard let estimate = entry.estimate, estimate.combined == nil, estimate.variesBy != .nothing else { return false }
    return entries.contains { $0.estimate?.combined != nil }
  }

  /// How the intervals over episodes were made: where not all alike, which cells' otherwise than most.
  private func methods(_ estimates: [Estimate]) -> String {
    let all = estimates.map(\.overEpisodes.method)
    let methods = all.distinct().sorted { a, b in
      all.count { $0 == a } > all.count { $0 == b }
    }
    let others = methods.dropFirst().map { method -> String in
      var places: [String] = []
      for row in rows {
        for (column, entry) in zip(columns, row.entries)
        where entry?.estimate?.overEpisodes.method == method {
          places.append("\(name(of: row)), \(column.heading)")
        }
      }
      return "for \(places.joined(separator: " and ")): \(method)"
    }
    return ([methods[0]] + others).joined(separator: "; ")
  }

  /// How the number of test episodes was decided where scores decided it.
  private func sequential(_ cells: [Cell]) -> String? {
    let rules = cells.compactMap(\.stoppingRule)
    guard !rules.isEmpty else { return nil }
    func distinct(_ text: (SequentialWidth) -> String) -> String {
      Format.list(rules.map(text).distinct())
    }
    let width = distinct {
      metric.isShare ? "\(Format.fixed(100 * $0.halfWidth, 2)) points" : "\($0.halfWidth)"
    }
    return "Number of test \(cells[0].plan.description.unit.plural): sequential, in stages (Chow and Robbins 1965, Hall 1981): from "
      + "\(distinct { $0.atLeast.grouped }) on, more were added until the interval of a repeat "
      + "had a half-width of \(width), \(distinct { $0.atMost.grouped }) at most. Where "
      + "repeats stopped at different \(cells[0].plan.description.unit.plural), those count that all of them had."
  }

  /// All results in one digest, which `metabench digest` and `metabench verify` make again.
  private var digestNote: String? {
    suiteDigest.map { "Suite digest: `\($0.prefix(16))` (`metabench digest`, `metabench verify`)." }
  }

  /// The entries whose mean is that of a few enormous errors, with what it would hide.
  private var exploded: String? {
    guard metric == .loss else { return nil }
    var parts: [String] = []
    for row in rows {
      for (column, entry) in zip(columns, row.entries) {
        guard let tail = entry.flatMap({ $0.family.explosions(by: $0.measure) }) else { continue }
        let median = Format.score(
          tail.median, metric: metric, digits: Format.digits(metric: metric, size: tail.median))
        parts.append(
          "\(name(of: row)), \(column.heading): \((tail.notFinite + tail.exploded).grouped) of "
            + "\(tail.total.grouped) (median \(median))")
      }
    }
    guard !parts.isEmpty else { return nil }
    return "Test episodes of all repeats whose error exploded (more than "
      + "\(Explosions.factor.grouped) times the median, or not finite), so that the "
      + "mean says nothing: \(parts.joined(separator: "; "))."
  }

  private func episodes(_ cells: [Cell], _ measured: [Entry]) -> String? {
    let facts = cells.map { $0.plan.facts.filter { $0.place == .units } }
    guard let kinds = facts.first?.map(\.heading), !kinds.isEmpty else { return nil }
    let parts = kinds.map { heading in
      let texts = facts.flatMap { $0.filter { $0.heading == heading }.map(\.text) }
      return "\(Format.list(numbers: texts)) \(heading)"
    }
    var text = "Test \(cells[0].plan.description.unit.plural) have \(parts.joined(separator: ", "))"
    if layout.measures.isEmpty {
      let steps = measured.compactMap(\.steps).filter { $0 > 0 }
      if !steps.isEmpty {
        text += "; adapting algorithms are scored after their last step (\(Format.list(steps)))"
      }
    }
    return text + "."
  }

  private func data(_ cells: [Cell]) -> String {
    let splits = cells.map { "\($0.dataset) `\($0.split)` (SHA-256 `\($0.splitDigest.prefix(12))`)" }.distinct()
    return "Split: \(Format.list(splits))."
  }

  /// How many examples there were of the datasets that may be imported incompletely.
  private func examples(_ measured: [Entry]) -> String? {
    let records = measured.flatMap(\.family.done)
    var parts: [String] = []
    for name in records.map({ "\($0.dataset)/\($0.split)" }).distinct() {
      let own = records.filter { "\($0.dataset)/\($0.split)" == name }
      let texts = own.compactMap { Provenance(json: $0.provenance)?.examplesText(of: name) }.distinct()
      guard !texts.isEmpty else { continue }
      parts.append("\(own[0].dataset) \(texts.joined(separator: " or, in other results, "))")
    }
    return parts.isEmpty ? nil : "Images per class: \(parts.joined(separator: "; "))."
  }

  // MARK: By row

  /// What kinds say of how cells are tested or trained, each with the rows that it is true of.
  private func facts(_ place: CellFact.Place) -> [String] {
    let cells = entries.filter { $0.estimate != nil }.map(\.family.cell)
    let headings = cells.flatMap { $0.plan.facts.filter { $0.place == place }.map(\.heading) }.distinct()
    return headings.compactMap { heading in
      byRow { cell in
        cell.plan.facts.first { $0.place == place && $0.heading == heading }?.text
      }.map { text in
        heading == "Training"
          ? "Training: \(text). Every cell's full configuration is in its result file."
          : "\(heading): \(text)."
      }
    }
  }

  /// The rows that were tested with what another cell learned.
  private var retested: String? {
    let names = rows.filter { row in
      row.entries.compactMap(\.self).flatMap(\.family.done).contains {
        Provenance(json: $0.provenance)?.trained != nil
      }
    }.map { name(of: $0) }
    guard !names.isEmpty else { return nil }
    return "Retested with stored parameters that were trained under another test protocol (`metabench retest`), from "
      + "which their validation curves are: \(names.joined(separator: ", "))."
  }

  /// In what the rows differ from the papers whose figures stand beside theirs.
  private var deviations: String? {
    let parts = rows.compactMap { row -> String? in
      let words = row.entries.compactMap(\.self).flatMap { entry in
        entry.estimate == nil ? [] : entry.published?.deviations(of: entry.family.cell) ?? []
      }
      guard !words.isEmpty else { return nil }
      return "\(name(of: row)): \(words.distinct().joined(separator: ", "))"
    }
    guard !parts.isEmpty else { return nil }
    return "Settings that differ from the paper's, where those are known: "
      + "\(parts.joined(separator: "; "))."
  }

  /// What rows have in common and in what they differ: `64: maml, fomaml; 32: protonet`, or plain
  /// `64` if all rows that have any value have this one; nil if none has any.
  private func byRow(_ value: (Cell) -> String?) -> String? {
    var groups: [(value: String, rows: [String])] = []
    var isShared = true
    for row in rows {
      let cells = row.entries.compactMap { entry in
        entry.flatMap { $0.estimate == nil ? nil : $0.family.cell }
      }
      guard !cells.isEmpty else { continue }
      let values = cells.compactMap(value).distinct()
      guard !values.isEmpty else {
        isShared = false
        continue
      }
      let text = Format.list(values)
      if let index = groups.firstIndex(where: { $0.value == text }) {
        groups[index].rows.append(name(of: row))
      } else {
        groups.append((text, [name(of: row)]))
      }
    }
    if isShared, groups.count == 1 { return groups[0].value }
    guard !groups.isEmpty else { return nil }
    return groups.map { "\($0.value): \($0.rows.joined(separator: ", "))" }.joined(separator: "; ")
  }

  func name(of row: Row) -> String {
    layout.rows == "algorithm" ? row.name : "\(layout.rows) \(row.name)"
  }

  // MARK: Completeness and scale

  private var repeats: String? {
    guard entries.contains(where: { $0.family.standing != nil }) else { return nil }
    var text = "Some cells are not done: `[1 of 3]` means that one of three repeats is."
    if entries.contains(where: { $0.family.casualties != nil && !$0.family.done.isEmpty }) {
      text += " Where repeats diverged or failed, the mean is over the others only, so it favours trainings that worked."
    }
    return text
  }

  /// Repeats that cannot be taken together.
  private var strangers: String? {
    entries.allSatisfy(\.family.sharesEpisodes)
      ? nil
      : "`different episodes`: the repeats of the cell were tested on different episodes, as after "
        + "another import of the data, and have no common mean. `metabench run --again stale` runs them "
        + "again."
  }

  private var scale: String? {
    guard hasPublished else { return nil }
    let scales = rows.map(\.scale)
    var sentences: [String] = []
    if scales.contains(.paper) || scales.contains(.partly) {
      sentences.append(
        "`paper scale`: at least as many iterations, episodes per iteration and test episodes as "
          + "in the paper, the same filters and the same way of training episodes.")
    }
    if scales.contains(.partly) {
      sentences.append("`in part`: paper scale where a verdict is given, reduced elsewhere.")
    }
    if scales.contains(.reduced) || scales.contains(.partly) {
      sentences.append(
        "`reduced`: shorter or smaller than in the paper, or the paper does not say; the published figure is there "
          + "for orientation, and agreement is not judged.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}

extension Provenance {
  /// `500 (of 600) in training, 600 in validation and test`, or plain `600`; nil if nothing was
  /// recorded of this dataset and split.
  fileprivate func examplesText(of name: String) -> String? {
    let parts = [("train", "training"), ("validation", "validation"), ("test", "test")]
    var groups: [(text: String, parts: [String])] = []
    for (part, noun) in parts {
      guard let text = examplesPerClass?["\(name)/\(part)"]?.text else { continue }
      if let index = groups.firstIndex(where: { $0.text == text }) {
        groups[index].parts.append(noun)
      } else {
        groups.append((text, [noun]))
      }
    }
    guard groups.count != 1 || groups[0].parts.count < parts.count else { return groups[0].text }
    return groups.isEmpty
      ? nil
      : groups.map { "\($0.text) in \($0.parts.joined(separator: " and "))" }.joined(separator: ", ")
  }
}
