import Measures

/// Whether there will be what reports and claims ask for.
extension SuiteParser {
  /// Throws where no test of the cells will tell an outcome.
  ///
  /// - Parameters:
  ///   - stage: What stands before the outcome's name in the file, as `test/`.
  func check(outcome: String, at node: SuiteNode, among cells: [Cell], stage: String = "") throws {
    let names = KnownOutcomes(of: cells, kind: kind).names
    guard !names.contains(outcome) else { return }
    throw SuiteError.notTold(
      node.place, outcome: stage + outcome,
      nearest: nearestName(to: outcome, among: names).map { stage + $0 }, known: names.map { stage + $0 })
  }

  /// Throws where a section asks for a place, by `at` or `steps`, that the outcome has in none of the cells.
  ///
  /// - Parameter outcome: The judged one if nil.
  func checkPlaces(_ section: SuiteSection, of outcome: String?, among cells: [Cell]) throws {
    guard let axes = KnownOutcomes(of: cells, kind: kind).axes(of: outcome) else { return }
    func check(_ entry: SuiteSection.Entry, in section: SuiteSection) throws {
      guard let axis = axes.first(where: { $0.name == entry.key }) else {
        throw section.unknown(entry, known: axes.map(\.name))
      }
      for node in entry.value.values() where try !axis.places.contains(node.number()) {
        throw node.outOfRange("a place that the tests of these cells tell: \(axis.listing)")
      }
    }
    for entry in section.entries where entry.key == OutcomeAxis.steps { try check(entry, in: section) }
    guard let at = try section["at"]?.section() else { return }
    for entry in at.entries { try check(entry, in: at) }
  }

  /// Throws where the outcome has no such axis in any of the cells.
  func check(axis node: SuiteNode, of outcome: String, among cells: [Cell]) throws {
    guard let axes = KnownOutcomes(of: cells, kind: kind).axes(of: outcome) else { return }
    _ = try node.name(of: "axis of '\(outcome)'", among: axes.map(\.name))
  }
}

extension OutcomeAxis {
  /// Its places as an error lists them: `1 to 10`, or `0, 5, 10`.
  fileprivate var listing: String {
    let (first, last) = (places[0], places[places.count - 1])
    let isWhole = places.enumerated().allSatisfy { $1 == first + Double($0) }
    guard isWhole, places.count > 2 else { return places.indices.map(label).joined(separator: ", ") }
    return "\(SuiteNumber.text(first)) to \(SuiteNumber.text(last))"
  }
}
