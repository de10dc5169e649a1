import Results
import Statistics

/// Two results compared cell by cell, with p-values corrected for the number of cells.
///
///     let all = ResultFamily.all(try folder.records())
///     let set = ComparisonSet(
///       all.filter { $0.algorithm == "maml" }, all.filter { $0.algorithm == "protonet" },
///       by: .task)
public struct ComparisonSet: Sendable, Equatable, Encodable {
  /// How cells of the two sides are found to belong together.
  public enum Matching: Sendable {
    /// By algorithm and task: the same cell on both sides.
    case name
    /// By what they were tested on: different algorithms, one of each side per task.
    case task
    /// Each side is a single cell.
    case single
  }

  /// Two cells that belong together and cannot be compared.
  public struct Refusal: Sendable, Equatable, Encodable {
    /// What both are, or were tested on.
    public let name: String
    /// Why, in a sentence.
    public let reason: String
  }

  /// Of those that can be compared, in the order of the left side.
  public private(set) var comparisons: [Comparison] = []
  /// Of those that cannot.
  public private(set) var refusals: [Refusal] = []
  /// Cells of the left side that the right does not have.
  public private(set) var onlyLeft: [String] = []
  /// Cells of the right side that the left does not have.
  public private(set) var onlyRight: [String] = []

  /// Compares two results.
  ///
  /// - Precondition: `confidence` is above 0 and below 1.
  /// - Complexity: O(scores).
  public init(
    _ left: [ResultFamily], _ right: [ResultFamily], by matching: Matching,
    confidence: Double = 0.95
  ) {
    var open = right
    for first in left {
      let alike = open.indices.filter { Self.belong(first, open[$0], by: matching) }
      guard !alike.isEmpty else {
        onlyLeft.append(first.name)
        continue
      }
      let configuration = first.records[0].resolved.ofFamily
      let index = alike.first { open[$0].records[0].resolved.ofFamily == configuration } ?? alike[0]
      let second = open.remove(at: index)
      let name = first.name == second.name ? first.name
        : first.task == second.task ? first.task : "\(first.name), \(second.name)"
      do {
        if let comparison = try Comparison(first, second, called: name, confidence: confidence) {
          comparisons.append(comparison)
        } else {
          let unit = first.records[0].unit
          refusals.append(.init(name: name, reason: unit.said("it takes two test episodes to compare.")))
        }
      } catch {
        refusals.append(.init(name: name, reason: first.records[0].unit.said("\(error)")))
      }
    }
    onlyRight = open.map(\.name)
    let p = MultipleTesting.holm(comparisons.map(\.p))
    let wilcoxon = MultipleTesting.holm(comparisons.map(\.wilcoxonP))
    for index in comparisons.indices {
      comparisons[index].holmP = p[index]
      comparisons[index].holmWilcoxonP = wilcoxon[index]
    }
  }

  private static func belong(
    _ first: ResultFamily, _ second: ResultFamily, by matching: Matching
  ) -> Bool {
    switch matching {
    case .name: first.name == second.name && first.split == second.split
    case .task: first.isTestedLike(second)
    case .single: true
    }
  }
}
