import Digests
import FewShotCells
import Results
import Storage
import Testing

struct SuiteDigestTests {
  private static func cells(_ count: Int) -> [(cell: String, digest: String)] {
    (0..<count).map { ("cell-\($0)", Digest.hex(of: "result \($0)")) }
  }

  /// The construction in words: leaves are SHA-256(0x00, id, line feed, digest), nodes
  /// SHA-256(0x01, left, right).
  @Test func theRootIsThatOfTheDocumentedTree() {
    let cells = Self.cells(3)
    let leaves = cells.map { Digest.hex(of: "\u{0}\($0.cell)\n\($0.digest)") }
    let left = Digest.hex(of: "\u{1}\(leaves[0])\(leaves[1])")
    #expect(SuiteDigest(cells).root == Digest.hex(of: "\u{1}\(left)\(leaves[2])"))
    #expect(SuiteDigest(Array(cells.prefix(1))).root == leaves[0])
    #expect(SuiteDigest([(cell: String, digest: String)]()).root == Digest.hex(of: ""))
  }

  @Test func theOrderInWhichCellsAreGivenDoesNotMatter() {
    let cells = Self.cells(9)
    #expect(SuiteDigest(cells.reversed()).root == SuiteDigest(cells).root)
  }

  @Test(arguments: 1...17)
  func everyCellIsShownToBelongByItsPath(_ count: Int) throws {
    let suite = SuiteDigest(Self.cells(count))
    for cell in suite.cells {
      let path = try #require(suite.path(of: cell.cell))
      #expect(path.root == suite.root)
      #expect(path.digest == cell.digest)
    }
    #expect(suite.path(of: "no-cell") == nil)
  }

  @Test func anyChangeOfAnyResultChangesTheRoot() {
    let cells = Self.cells(6)
    let root = SuiteDigest(cells).root
    for index in cells.indices {
      var changed = cells
      changed[index].digest = Digest.hex(of: "another result")
      #expect(SuiteDigest(changed).root != root)
      var fewer = cells
      fewer.remove(at: index)
      #expect(SuiteDigest(fewer).root != root)
    }
  }
}
