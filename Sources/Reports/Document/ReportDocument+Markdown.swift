extension ReportDocument {
  /// The page in GitHub's Markdown, with links to its figures.
  ///
  /// - Parameter drawn: Paths of the figures that were drawn.
  func markdown(drawn: Set<String>) -> String {
    "# \(title)\n" + blocks.map { "\n" + Self.markdown($0, drawn: drawn) }.joined()
  }

  private static func markdown(_ block: Block, drawn: Set<String>) -> String {
    switch block {
    case .section(let title): "## \(title)\n"
    case .subsection(let title): "### \(title)\n"
    case .paragraph(let text): "\(text)\n"
    case .warning(let text): "> \(text)\n"
    case .facts(let facts): 
      facts.map { "- **\($0):** \($1.joined(separator: ", "))\n" }.joined()
    case .list(let items): items.map { "- \($0)\n" }.joined()
    case .table(let table, _): table.markdown
    case .links(let links): joined(links) + "\n"
    case .figures(let figures):
      figures.map { figure in
        (drawn.contains(figure.path) ? "![\(figure.title)](\(figure.path))\n\n" : "")
          + figure.caption + (figure.csv == nil ? "" : " [Numbers](figures/\(figure.slug).csv)") + "\n"
      }.joined(separator: "\n")
    case .commands(let lines): "```sh\n\(lines.joined(separator: "\n"))\n```\n"
    }
  }

  static func joined(_ links: [(name: String, target: String)]) -> String {
    links.map { "[\($0)](\($1))" }.joined(separator: " · ")
  }
}
