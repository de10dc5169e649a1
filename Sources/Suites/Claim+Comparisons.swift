import Measures

extension Claim.Other {
  /// The side that `left` is compared with; nil for none.
  public var side: Claim.Side? {
    switch self {
    case .minus(let side), .over(let side): side
    case .nothing: nil
    }
  }
}

extension Claim {
  /// What one decision is made from: a cell of each side and, for a change, both again where the
  /// change begins. Every cell stands for all of its repeats.
  public struct Comparison: Hashable, Sendable {
    /// A cell of each side.
    public struct Pair: Hashable, Sendable {
      /// The cell on the left.
      public let left: Cell
      /// What it is compared with; nil for nothing.
      public let other: Cell?

      /// One or both.
      public var cells: [Cell] { [left] + (other.map { [$0] } ?? []) }
    }

    /// What is compared or, for a change, what it comes to.
    public let pair: Pair
    /// Where the change begins; nil where there is none.
    public let start: Pair?

    /// All of its cells.
    public var cells: [Cell] { pair.cells + (start?.cells ?? []) }
  }

  /// The comparisons that decide the claim, in the order of the cells.
  ///
  /// Cells are compared that agree in everything in which the two sides are described alike: in
  /// dataset, split, way and shot, and in their variant if both are of one algorithm. Where one
  /// side names another value than the other, cells may differ.
  ///
  /// - Complexity: O(cells²) at worst; suites have few cells per side.
  public func comparisons(among cells: [Cell]) -> [Comparison] {
    var seen: Set<String> = []
    let families = cells.filter { condition.contains($0) && seen.insert($0.family).inserted }
    guard let change else { return pairs(among: families).map { Comparison(pair: $0, start: nil) } }
    let starts = pairs(among: families.filter(change.from.contains))
    return pairs(among: families.filter(change.to.contains)).flatMap { pair in
      starts.filter { start in
        let ends = zip(start.cells, pair.cells)
        return start != pair && ends.allSatisfy { areAlike($0, $1, change.from, change.to) }
      }.map { Comparison(pair: pair, start: $0) }
    }
  }

  private func pairs(among cells: [Cell]) -> [Comparison.Pair] {
    let lefts = cells.filter(left.cells.contains)
    guard let side = other.side else { return lefts.map { Comparison.Pair(left: $0, other: nil) } }
    let others = cells.filter(side.cells.contains)
    return lefts.flatMap { cell in
      others.filter { other in
        (cell.family != other.family || left.measure != side.measure)
          && areAlike(cell, other, left.cells, side.cells)
      }.map { Comparison.Pair(left: cell, other: $0) }
    }
  }

  /// Whether two cells agree in all that the selections they come from do not tell apart.
  private func areAlike(_ a: Cell, _ b: Cell, _ first: Selection, _ second: Selection) -> Bool {
    let axes = a.axisNames
    let open = axes.filter { first.values(of: $0) == second.values(of: $0) }
    guard open.allSatisfy({ a.value(of: $0) == b.value(of: $0) }) else { return false }
    // What makes another test of the same units must be told apart on purpose.
    let (one, other) = (a.plan.kind.testConditions, b.plan.kind.testConditions)
    for (key, value) in one where first.values(of: key) == second.values(of: key) {
      if let second = other[key], second.isDisjoint(with: value) { return false }
    }
    func settings(_ selection: Selection) -> [Selection.Condition] {
      selection.conditions.filter { !axes.contains($0.key) }
    }
    return a.algorithm != b.algorithm || settings(first) != settings(second)
      || a.variantSlug == b.variantSlug
  }
}

extension Selection {
  /// The values that are allowed for `key`; nil if any is.
  fileprivate func values(of key: String) -> [SettingValue]? {
    conditions.first { $0.key == key }?.values
  }
}
