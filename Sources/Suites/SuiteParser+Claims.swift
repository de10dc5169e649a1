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
      "id", "says", "quantity", "left", "minus", "over", "atLeast", "atMost", "between", "where",
    ])
    let condition = try section["where"].map(selection) ?? Selection()
    func side(_ node: SuiteNode) throws -> Claim.Side {
      let section = try node.section()
      let side = Claim.Side(
        cells: try selection(section, besides: ["steps"]),
        steps: try section["steps"]?.integer(atLeast: 0))
      guard cells.contains(where: { side.cells.contains($0) && condition.contains($0) }) else {
        throw SuiteError.matchesNothing(node.place, section: "claims")
      }
      return side
    }

    let other: Claim.Other
    switch (section["minus"], section["over"]) {
    case (nil, nil): other = .nothing
    case (let minus?, nil): other = .minus(try side(minus))
    case (nil, let over?): other = .over(try side(over))
    default: throw conflict(section, ["minus", "over"])
    }
    let (atLeast, atMost) = try bounds(section)
    let quantities = Claim.Quantity.allCases.map(\.rawValue)
    let quantity = try section["quantity"]?.name(of: "quantity", among: quantities)
    return Claim(
      id: try section.required("id", example: "id: C1.4").text(),
      says: try section.required("says", example: "says: \"A beats B\"").text(),
      quantity: quantity.flatMap(Claim.Quantity.init) ?? .test,
      left: try side(section.required("left", example: "left: { algorithm: maml }")),
      other: other, atLeast: atLeast, atMost: atMost, condition: condition)
  }

  private func bounds(_ section: SuiteSection) throws -> (atLeast: Double?, atMost: Double?) {
    let atLeast = try section["atLeast"]?.number()
    let atMost = try section["atMost"]?.number()
    guard let between = section["between"] else {
      guard atLeast != nil || atMost != nil else {
        throw SuiteError.missingKey(
          section.place, key: "atLeast", section: section.path, example: "atLeast: 0.03")
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
