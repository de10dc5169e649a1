import Judgements
import Results
import Suites

/// The cells that can be compared episode by episode: those tested on the same kind of episodes.
struct SharedEpisodes {
  /// One per algorithm, in the order of the suite.
  let families: [CellFamily]
  /// Each family's score on each episode, averaged over its repeats: `[families][episodes]`.
  let scores: [[Double]]
  /// Algorithms that were tested on other episodes and are left out.
  let strangers: [String]

  var cell: Cell { families[0].cell }
  var episodes: Int { scores[0].count }
  var names: [String] { families.map(\.cell.label) }

  var task: String { cell.words }

  /// Scores in percent or as they are.
  var scale: Double { cell.metric.factor }

  /// The groups in the order of the suite; families without results are in none.
  ///
  /// - Complexity: O(scores).
  static func all(_ families: [CellFamily]) -> [SharedEpisodes] {
    let tested = families.filter { family in family.done.contains { $0.test.units > 0 } }
    return grouped(tested) { family in
      [family.cell.metric.name]
        + family.cell.axisNames.filter { $0 != "algorithm" }.map(family.cell.text)
    }.map(SharedEpisodes.init)
  }

  /// - Parameter families: At least one, each with results.
  private init(_ families: [CellFamily]) {
    var members: [(family: CellFamily, scores: [Double])] = []
    var strangers: [String] = []
    for family in families {
      if let pairing = try? Pairing(families[0].done, family.done) {
        members.append((family, pairing.second))
      } else {
        strangers.append(family.cell.label)
      }
    }
    let count = members.map(\.scores.count).min() ?? 0
    self.families = members.isEmpty ? [families[0]] : members.map(\.family)
    self.strangers = strangers
    scores = members.isEmpty ? [[]] : members.map { Array($0.scores.prefix(count)) }
  }

  /// The algorithms, each training once: one that is the same training as an earlier one, tested under
  /// another protocol, is left out.
  var trainings: [String] {
    var seen: Set<TrainingIdentity> = []
    return families.filter { family in
      TrainingIdentity(family.cell).map { seen.insert($0).inserted } ?? true
    }.map(\.cell.label)
  }

  /// Those with the same metric, dataset and split together.
  static func byDataset(_ groups: [SharedEpisodes]) -> [[SharedEpisodes]] {
    grouped(groups) { [$0.cell.metric.name, $0.cell.dataset, $0.cell.split] }
  }

  private static func grouped<Value>(
    _ values: [Value], by key: (Value) -> [String]
  ) -> [[Value]] {
    var places: [[String]: Int] = [:]
    var groups: [[Value]] = []
    for value in values {
      let key = key(value)
      if let place = places[key] {
        groups[place].append(value)
      } else {
        places[key] = groups.count
        groups.append([value])
      }
    }
    return groups
  }
}
