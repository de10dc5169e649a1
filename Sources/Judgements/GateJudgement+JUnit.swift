extension GateJudgement {
  /// The judgement as JUnit XML: one test case per cell, a regression as a failure, and what is
  /// inconclusive or invalid as an error.
  public var junit: String {
    func count(_ verdicts: GateVerdict...) -> Int {
      cells.count { verdicts.contains($0.verdict) }
    }
    let totals =
      "tests=\"\(cells.count)\" failures=\"\(count(.regression))\""
      + " errors=\"\(count(.inconclusive, .invalid))\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"metabench gate\" \(totals)>",
      "  <testsuite name=\"\(Self.escaped(suite))\" \(totals) skipped=\"0\">",
    ]
    for cell in cells {
      let start =
        "    <testcase classname=\"\(Self.escaped(suite))\" name=\"\(Self.escaped(cell.name))\""
      let reason = Self.escaped(cell.reason)
      switch cell.verdict {
      case .pass:
        lines.append("\(start)>")
        lines.append("      <system-out>\(reason)</system-out>")
        lines.append("    </testcase>")
      case .regression, .inconclusive, .invalid:
        let element = cell.verdict == .regression ? "failure" : "error"
        lines.append("\(start)>")
        lines.append("      <\(element) type=\"\(cell.verdict.rawValue)\" message=\"\(reason)\"/>")
        lines.append("    </testcase>")
      }
    }
    lines += ["  </testsuite>", "</testsuites>", ""]
    return lines.joined(separator: "\n")
  }

  /// Text as it may stand in an attribute or between tags; what XML 1.0 cannot hold is left out.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "&#10;"
      case "\t": escaped += "&#9;"
      case _ where scalar.value < 0x20: break
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
