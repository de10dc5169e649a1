extension ReportDocument {
  /// The page in one file that needs no other: styles, script and figures are in it.
  ///
  /// - Parameters:
  ///   - drawings: The drawn figures as parts of a page, by their paths.
  ///   - symbols: Definitions that drawings share.
  func html(drawings: [String: String], symbols: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
    <meta name="generator" content="MetaBench">
    <link rel="icon" href="data:,">
    <title>\(HTML.escaped(title))</title>
    <style>
    \(Stylesheet.variables)\(Stylesheet.page.text)\(Stylesheet.drawing.text)</style>
    </head>
    <body>
    \(symbols)<main>
    <h1>\(HTML.escaped(title))</h1>
    \(body(drawings))</main>
    <script>
    \(Stylesheet.script.text)</script>
    </body>
    </html>

    """
  }

  /// The blocks, each section in an element of its own, with the contents before the first.
  private func body(_ drawings: [String: String]) -> String {
    var text = ""
    var isInSection = false
    for block in blocks {
      if case .section(let title) = block {
        text += isInSection ? "</section>\n" : contents
        isInSection = true
        text += "<section id=\"\(Format.slug(title))\">\n<h2>\(HTML.escaped(title))</h2>\n"
      } else {
        text += Self.html(block, drawings: drawings)
      }
    }
    return text + (isInSection ? "</section>\n" : "")
  }

  private var contents: String {
    let links = blocks.compactMap { block -> String? in
      guard case .section(let title) = block else { return nil }
      return "<li><a href=\"#\(Format.slug(title))\">\(HTML.escaped(title))</a></li>"
    }
    return "<nav aria-label=\"Contents\"><ul>\n\(links.joined(separator: "\n"))\n</ul></nav>\n"
  }

  private static func html(_ block: Block, drawings: [String: String]) -> String {
    switch block {
    case .section: return ""
    case .subsection(let title): return "<h3>\(HTML.escaped(title))</h3>\n"
    case .paragraph(let text): return "<p>\(InlineText(text).html)</p>\n"
    case .warning(let text): return "<p class=\"warning\">\(InlineText(text).html)</p>\n"
    case .facts(let facts):
      let items = facts.map { name, values in
        let pieces = values.enumerated().map { index, value in
          "<span>\(InlineText(value).html)\(index < values.count - 1 ? "," : "")</span>"
        }
        return "<div><dt>\(HTML.escaped(name))</dt><dd>\(pieces.joined(separator: " "))</dd></div>"
      }
      return "<dl class=\"facts\">\n\(items.joined(separator: "\n"))\n</dl>\n"
    case .list(let items):
      return "<ul>\n\(items.map { "<li>\(InlineText($0).html)</li>\n" }.joined())</ul>\n"
    case .table(let table, let label): return table.html(label: label)
    case .links(let links): return "<p class=\"links\">\(InlineText(Self.joined(links)).html)</p>\n"
    case .figures(let figures):
      let items = figures.map { figure in
        let numbers = figure.csv == nil ? "" : " <a href=\"figures/\(figure.slug).csv\">Numbers</a>"
        return """
          <figure id="\(figure.slug)">
          \(drawings[figure.path] ?? "")<figcaption>\(InlineText(figure.caption).html)\(numbers)</figcaption>
          </figure>

          """
      }
      return "<div class=\"figures\">\n\(items.joined())</div>\n"
    case .commands(let lines):
      return "<pre><code>\(HTML.escaped(lines.joined(separator: "\n")))</code></pre>\n"
    }
  }
}
