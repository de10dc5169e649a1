import FewShotCells
import Foundation
import Judgements
import Results
import Suites
import Testing

struct GateOutputTests {
  /// A pass, a regression with a message full of signs that have a meaning, and a missing cell.
  private let judgement: GateJudgement = {
    func cell(
      _ name: String, _ status: CellRecord.Status = .done, seconds: Double = 1
    ) -> CellRecord {
      record(
        "\(name)-omniglot-5way-1shot-r0-0123abcd", [0.5, 0.6], status: status, seconds: [seconds])
    }
    return GateJudgement(
      baseline: [cell("fomaml"), cell("maml"), cell("protonet")],
      candidate: [cell("fomaml", seconds: 2), cell("maml", .failed("a < b & \"c\"\n100 %: why, oh why"))],
      gate: Gate(margin: 0.01, confidence: 0.95))
  }()

  @Test func junitHasOneCasePerCell() {
    let name = { (algorithm: String) in
      "<testcase classname=\"sample\" name=\"\(algorithm)-omniglot-5way-1shot\">"
    }
    #expect(
      judgement.junit == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="metabench gate" tests="3" failures="1" errors="1">
          <testsuite name="sample" tests="3" failures="1" errors="1" skipped="0">
            \(name("fomaml"))
              <system-out>the same numbers as the baseline.</system-out>
            </testcase>
            \(name("maml"))
              <failure type="regression" message="'maml-omniglot-5way-1shot-r0-0123abcd' failed: \
        a &lt; b &amp; &quot;c&quot;&#10;100 %: why, oh why"/>
            </testcase>
            \(name("protonet"))
              <error type="invalid" message="missing from the results: \
        protonet-omniglot-5way-1shot-r0-0123abcd."/>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func annotationsNameTheCellsThatDidNotPass() {
    #expect(
      judgement.annotations == [
        "::error title=maml-omniglot-5way-1shot%3A regression::"
          + "'maml-omniglot-5way-1shot-r0-0123abcd' failed: a < b & \"c\"%0A100 %25: why, oh why",
        "::error title=protonet-omniglot-5way-1shot%3A invalid::missing from the results: "
          + "protonet-omniglot-5way-1shot-r0-0123abcd.",
      ])
  }

  @Test func jsonTellsEverything() throws {
    let data = try JSONEncoder().encode(judgement)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["verdict"] as? String == "invalid")
    let cells = try #require(object["cells"] as? [[String: Any]])
    #expect(cells.map { $0["verdict"] as? String } == ["pass", "regression", "invalid"])
    #expect(cells[0]["episodes"] as? Int == 2)
  }
}
