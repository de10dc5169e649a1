/// A sentence of the report with the little markup it may have, in the notation of Markdown:
/// `` `code` ``, `**strong**`, `*emphasis*` and `[link](target)`.
struct InlineText {
  enum Span: Equatable {
    case plain(String)
    case code(String)
    case strong(String)
    case emphasis(String)
    case link(String, target: String)
  }

  let spans: [Span]

  /// Signs that open nothing are taken as they are.
  init(_ markdown: String) {
    var spans: [Span] = []
    var plain = ""
    var rest = markdown[...]
    while let sign = rest.first {
      guard let (span, end) = Self.span(rest) else {
        plain.append(sign)
        rest.removeFirst()
        continue
      }
      if !plain.isEmpty { spans.append(.plain(plain)) }
      plain = ""
      spans.append(span)
      rest = rest[end...]
    }
    if !plain.isEmpty { spans.append(.plain(plain)) }
    self.spans = spans
  }

  /// The marked span that `text` begins with, and where it ends.
  private static func span(_ text: Substring) -> (Span, Substring.Index)? {
    func enclosed(_ sign: String) -> (String, Substring.Index)? {
      guard text.hasPrefix(sign) else { return nil }
      let inner = text.dropFirst(sign.count)
      guard let close = inner.firstRange(of: sign), !close.isEmpty,
        close.lowerBound > inner.startIndex, inner.first != " "
      else { return nil }
      return (String(inner[..<close.lowerBound]), close.upperBound)
    }
    switch text.first {
    case "`": return enclosed("`").map { (.code($0), $1) }
    case "*":
      return enclosed("**").map { (.strong($0), $1) } ?? enclosed("*").map { (.emphasis($0), $1) }
    case "[":
      guard let middle = text.firstRange(of: "]("),
        let close = text[middle.upperBound...].firstIndex(of: ")")
      else { return nil }
      let label = String(text[text.index(after: text.startIndex)..<middle.lowerBound])
      guard !label.contains("]") else { return nil }
      let target = String(text[middle.upperBound..<close])
      return (.link(label, target: target), text.index(after: close))
    default: return nil
    }
  }

  /// The sentence for a page, where numbers keep their percent sign on their line.
  var html: String {
    spans.map { span in
      switch span {
      case .plain(let text): HTML.escaped(text).replacing(" %", with: "\u{a0}%")
      case .code(let text): "<code>\(HTML.escaped(text))</code>"
      case .strong(let text): "<strong>\(HTML.escaped(text))</strong>"
      case .emphasis(let text): "<em>\(HTML.escaped(text))</em>"
      case .link(let text, let target):
        "<a href=\"\(HTML.escaped(target))\">\(HTML.escaped(text))</a>"
      }
    }.joined()
  }

  /// The sentence for a LaTeX document; links lead nowhere there.
  var latex: String {
    spans.map { span in
      switch span {
      case .plain(let text): LaTeX.escaped(text)
      case .code(let text): "\\texttt{\(LaTeX.escaped(text))}"
      case .strong(let text): "\\textbf{\(LaTeX.escaped(text))}"
      case .emphasis(let text): "\\emph{\(LaTeX.escaped(text))}"
      case .link(let text, _): LaTeX.escaped(text)
      }
    }.joined()
  }
}
