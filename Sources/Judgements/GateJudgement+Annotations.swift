extension GateJudgement {
  /// The judgement as workflow commands of GitHub Actions, one per line: an error for every cell
  /// that is a regression or invalid, a warning for every inconclusive one, and a notice if all
  /// pass.
  public var annotations: [String] {
    if verdict == .pass {
      let message = "none of \(cells.count) cells got worse."
      return [Self.command("notice", title: "\(suite): pass", message)]
    }
    return cells.filter { $0.verdict != .pass }.map { cell in
      Self.command(
        cell.verdict == .inconclusive ? "warning" : "error",
        title: "\(cell.name): \(cell.verdict.rawValue)", cell.reason)
    }
  }

  private static func command(_ kind: String, title: String, _ message: String) -> String {
    let title = escaped(title).replacing(":", with: "%3A").replacing(",", with: "%2C")
    return "::\(kind) title=\(title)::\(escaped(message))"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
