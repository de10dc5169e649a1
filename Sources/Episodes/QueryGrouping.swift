import Tensors

/// Which queries of a test episode are passed together, so that they are normalized by statistics of
/// their own: a part of the protocol where batch normalization looks at the queries.
///
/// MAML's code tests as many queries per class as there are shots, Reptile's one; a network that scores
/// 97.2 % on Omniglot with 75 queries at once has 98.8 % with five.
///
/// - Reference: Finn, Abbeel, Levine 2017, code: `DataGenerator(update_batch_size * 2)`; Nichol,
///   Achiam, Schulman 2018, code: `supervised_reptile/eval.py`.
public enum QueryGrouping: Hashable, Sendable {
  /// All queries of an episode: `all`.
  case all
  /// As many of each class as there are shots: `way x shot`.
  case asSupport
  /// So many of each class: `way x 1`.
  case perClass(Int)

  /// As suites write it.
  public var text: String {
    switch self {
    case .all: "all"
    case .asSupport: "way x shot"
    case .perClass(let count): "way x \(count)"
    }
  }

  /// The grouping that a suite calls `text`; nil if there is none.
  public init?(text: String) {
    switch text {
    case "all": self = .all
    case "way x shot": self = .asSupport
    default:
      guard let count = text.wholeMatch(of: /way x ([1-9][0-9]{0,8})/).flatMap({ Int($0.1) }) else {
        return nil
      }
      self = .perClass(count)
    }
  }

  /// Queries of each class that are passed together.
  public func perClass(of shape: EpisodeShape) -> Int {
    switch self {
    case .all: shape.query
    case .asSupport: shape.shot
    case .perClass(let count): count
    }
  }

  /// The places of queries that are passed together, group by group: of each class the first ones, then
  /// the next ones.
  ///
  /// - Precondition: The queries of a class fall into groups of equal size.
  public func groups(of shape: EpisodeShape) -> [[Int]] {
    let count = perClass(of: shape)
    precondition(shape.query % count == 0, "\(shape.query) queries are no groups of \(count)")
    return stride(from: 0, to: shape.query, by: count).map { first in
      (0..<shape.way).flatMap { label in
        (first..<first + count).map { label * shape.query + $0 }
      }
    }
  }
}
