import Measures

extension SuiteParser {
  /// The section `claims`: each entry checked, none decided.
  func claims(_ node: SuiteNode?, cells: [Cell]) throws -> [Claim] {
    var claims: [Claim] = []
    for entry in node?.values() ?? [] {
      let claim = try claim(entry, cells: cells)
      guard !claims.contains(where: { $0.id == claim.id }) else {
        throw SuiteError.duplicateName(entry.place, kind: "claim", name: claim.id)
      }
      claims.append(claim)
    }
    return claims
  }

  private func claim(_ node: SuiteNode, cells: [Cell]) throws -> Claim {
    let section = try node.section()
    try section.allow([
      "id", "says", "quantity", "left", "minus", "over", "from", "to", "atLeast", "atMost",
      "between", "where", "published", "remark",
    ])
    let (atLeast, atMost) = try bounds(section)
    let quantity = try quantity(section)
    let claim = Claim(
      id: try section.required("id", example: "id: C1.4").text(),
      says: try section.required("says", example: "says: \"A beats B\"").text(),
      quantity: quantity,
      left: try side(section.required("left", example: "left: { algorithm: maml }"), quantity),
      other: try other(section, quantity), change: try change(section), atLeast: atLeast, atMost: atMost,
      condition: try section["where"].map(condition) ?? Selection(),
      published: try section["published"]?.text(), remark: try section["remark"]?.text())
    try check(claim, section, cells: cells)
    return claim
  }

  /// Throws where a condition meets no cell, or where no two cells can be compared.
  private func check(_ claim: Claim, _ section: SuiteSection, cells: [Cell]) throws {
    let ends = ["from", "to"].filter { section[$0] != nil }
    for side in ["left", "minus", "over"] {
      guard let node = section[side] else { continue }
      let selection = side == "left" ? claim.left.cells : claim.other.side!.cells
      let found = cells.filter { selection.contains($0) && claim.condition.contains($0) }
      guard !found.isEmpty else { throw SuiteError.matchesNothing(node.place, section: "claims") }
      try check(claim.quantity, of: found, section, side: node.section())
      for end in ends {
        let change = end == "from" ? claim.change!.from : claim.change!.to
        guard found.contains(where: { change.contains($0) }) else {
          throw SuiteError.matchesNothing(section[end]!.place, section: "claims")
        }
      }
    }
    let places = [claim.left, claim.other.side].compactMap(\.self).flatMap(\.measure.at.keys).sorted()
    if claim.quantity == .trainSeconds, let place = places.first {
      throw conflict(section, [place, "quantity: train-seconds"])
    }
    let comparisons = claim.comparisons(among: cells)
    guard !comparisons.isEmpty else {
      throw SuiteError.nothingToCompare(section.place, claim: claim.id)
    }
    if let possible = claim.possibleValues(of: comparisons) {
      try check(boundsOf: section, within: possible)
    }
  }

  /// Throws where the cells of a side do not have the quantity, or not at the place that is asked for.
  private func check(
    _ quantity: Claim.Quantity, of cells: [Cell], _ section: SuiteSection, side: SuiteSection
  ) throws {
    switch quantity {
    case .judged: try checkPlaces(side, of: nil, among: cells)
    case .trainSeconds: break
    case .outcome(let name):
      try check(outcome: name, at: section["quantity"]!, among: cells)
      try checkPlaces(side, of: name, among: cells)
    }
  }

  /// Throws where a bound is no value that the compared quantity could have: mostly points of accuracy
  /// that were meant as shares.
  private func check(boundsOf section: SuiteSection, within possible: ClosedRange<Double>) throws {
    for key in ["atLeast", "atMost", "between"] {
      for node in section[key]?.values() ?? [] {
        let bound = try node.number()
        guard !possible.contains(bound) else { continue }
        var allowed = "\(SuiteNumber.text(possible.lowerBound)) or more"
        if possible.upperBound.isFinite {
          allowed = "from \(SuiteNumber.text(possible.lowerBound)) to "
            + "\(SuiteNumber.text(possible.upperBound)), for accuracies are in 0...1: "
            + "\(SuiteNumber.text(bound)) points are \(SuiteNumber.text(bound / 100))"
        }
        throw node.outOfRange(allowed)
      }
    }
  }

  private func quantity(_ section: SuiteSection) throws -> Claim.Quantity {
    guard let node = section["quantity"] else { return .judged }
    let names = outcomeNames(Claim.Quantity.judged.name, Claim.Quantity.trainSeconds.name)
    return Claim.Quantity(name: try node.name(of: "quantity", among: names))
  }

  private func other(_ section: SuiteSection, _ quantity: Claim.Quantity) throws -> Claim.Other {
    switch (section["minus"], section["over"]) {
    case (nil, nil): return .nothing
    case (let minus?, nil): return .minus(try side(minus, quantity))
    case (nil, let over?): return .over(try side(over, quantity))
    default: throw conflict(section, ["minus", "over"])
    }
  }

  private func change(_ section: SuiteSection) throws -> Claim.Change? {
    guard section["from"] != nil || section["to"] != nil else { return nil }
    guard section["over"] == nil else { throw conflict(section, ["over", "from"]) }
    return Claim.Change(
      from: try condition(section.required("from", example: "from: { shot: 1 }")),
      to: try condition(section.required("to", example: "to: { shot: 5 }")))
  }

  private func side(_ node: SuiteNode, _ quantity: Claim.Quantity) throws -> Claim.Side {
    let section = try node.section()
    var measure = try measure(section)
    if case .outcome(let name) = quantity { measure.outcome = name }
    return Claim.Side(
      cells: try selection(section, besides: [OutcomeAxis.steps, "at", "reduce"], without: ["repeat"]),
      measure: measure)
  }

  /// Conditions on cells whatever their repeat: claims are about all repeats together.
  private func condition(_ node: SuiteNode) throws -> Selection {
    try selection(node.section(), besides: [], without: ["repeat"])
  }

  private func bounds(_ section: SuiteSection) throws -> (atLeast: Double?, atMost: Double?) {
    let atLeast = try section["atLeast"]?.number()
    let atMost = try section["atMost"]?.number()
    guard let between = section["between"] else {
      guard atLeast != nil || atMost != nil else {
        throw SuiteError.missingKey(
          section.place, key: "atLeast", section: section.path, example: "atLeast: 0.03")
      }
      if let atLeast, let atMost, atLeast > atMost {
        throw section["atMost"]!.outOfRange("at least 'atLeast', which is \(SuiteNumber.text(atLeast))")
      }
      return (atLeast, atMost)
    }
    guard atLeast == nil, atMost == nil else {
      throw conflict(section, ["between", atLeast == nil ? "atMost" : "atLeast"])
    }
    let ends = try between.values().map { try $0.number() }
    guard ends.count == 2, ends[0] <= ends[1] else {
      throw between.wrongType("two numbers, the smaller first")
    }
    return (ends[0], ends[1])
  }

  private func conflict(_ section: SuiteSection, _ keys: [String]) -> SuiteError {
    .conflictingKeys(section.place, keys: keys, section: section.path)
  }
}
