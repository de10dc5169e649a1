import Digests
import Storage

/// One digest for all results of a suite: the root of a Merkle tree over its cells.
///
///     let suite = SuiteDigest(records)
///     print(suite.root)
///     suite.path(of: "maml-omniglot-5way-1shot-r0-1e1ba99e")   // shows one cell to belong to it
///
/// Cells are sorted by the bytes of their ids. A leaf is SHA-256(0x00, id, digest of the result) and a
/// node SHA-256(0x01, left, right), where ids are followed by a line feed and digests are in
/// hexadecimal. The left subtree of n leaves holds the largest power of two below n. What
/// ``CellRecord/digest`` leaves out, as seconds and provenance, is left out here.
///
/// - Reference: Merkle, A digital signature based on a conventional encryption function, CRYPTO 1987;
///   shape and prefixes as in RFC 6962, section 2.1.
public struct SuiteDigest: Sendable, Equatable {
  /// One neighbour on a leaf's way to the root.
  public struct Step: Sendable, Equatable, Encodable {
    /// Whether the neighbour is on the left.
    public let isLeft: Bool
    /// The digest of the neighbour's subtree, in hexadecimal.
    public let digest: String
  }

  /// What shows that a cell's result belongs to a root.
  public struct Path: Sendable, Equatable, Encodable {
    /// The cell's id.
    public let cell: String
    /// The digest of its result, in hexadecimal.
    public let digest: String
    /// From the leaf up.
    public let steps: [Step]

    /// The root that the path leads to: the suite's, unless something was changed.
    public var root: String {
      steps.reduce(SuiteDigest.leaf(cell, digest)) { below, step in
        step.isLeft
          ? SuiteDigest.node(step.digest, below) : SuiteDigest.node(below, step.digest)
      }
    }
  }

  /// The ids of the cells with the digests of their results, sorted by id.
  public let cells: [(cell: String, digest: String)]
  /// The root, in hexadecimal; the SHA-256 of nothing if there are no cells.
  public let root: String

  /// The digest of the given results, in whichever order.
  ///
  /// - Precondition: No cell is given twice.
  /// - Complexity: O(scores).
  public init(_ records: [CellRecord]) {
    self.init(records.map { ($0.cell, $0.digest) })
  }

  /// The digest of cells with these digests of their results, in whichever order.
  public init(_ cells: [(cell: String, digest: String)]) {
    self.cells = cells.sorted { $0.cell.utf8.lexicographicallyPrecedes($1.cell.utf8) }
    root = Self.root(self.cells[...])
  }

  public static func == (a: SuiteDigest, b: SuiteDigest) -> Bool { a.root == b.root }

  /// The path of a cell; nil if it is none of the suite's.
  public func path(of cell: String) -> Path? {
    guard let index = cells.firstIndex(where: { $0.cell == cell }) else { return nil }
    return Path(
      cell: cell, digest: cells[index].digest, steps: Self.steps(to: index, in: cells[...]))
  }

  private static func root(_ cells: ArraySlice<(cell: String, digest: String)>) -> String {
    switch cells.count {
    case 0: Digest.hex(of: "")
    case 1: leaf(cells.first!.cell, cells.first!.digest)
    default:
      node(root(cells.prefix(split(cells.count))), root(cells.dropFirst(split(cells.count))))
    }
  }

  private static func steps(
    to index: Int, in cells: ArraySlice<(cell: String, digest: String)>
  ) -> [Step] {
    guard cells.count > 1 else { return [] }
    let (left, right) = (cells.prefix(split(cells.count)), cells.dropFirst(split(cells.count)))
    return right.indices.contains(index)
      ? steps(to: index, in: right) + [Step(isLeft: true, digest: root(left))]
      : steps(to: index, in: left) + [Step(isLeft: false, digest: root(right))]
  }

  /// The largest power of two below `count`.
  private static func split(_ count: Int) -> Int {
    var power = 1
    while 2 * power < count { power *= 2 }
    return power
  }

  private static func leaf(_ cell: String, _ digest: String) -> String {
    Digest.hex(of: "\u{0}\(cell)\n\(digest)")
  }

  private static func node(_ left: String, _ right: String) -> String {
    Digest.hex(of: "\u{1}\(left)\(right)")
  }
}
