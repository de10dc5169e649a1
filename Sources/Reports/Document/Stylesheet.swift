import EmbeddedFiles

/// What pages and drawings look like: the files of the folder `Style`.
struct Stylesheet {
  let text: String

  /// The rules of drawings, in a page or on their own.
  static let drawing = Stylesheet(file: "drawing.css")
  /// The rules of the page.
  static let page = Stylesheet(file: "page.css")
  /// The script that makes tables sortable.
  static let script = Stylesheet(file: "page.js")

  private init(file: String) {
    text = EmbeddedFile.text("Sources/Reports/Style/\(file)")
  }

  /// The rules with the colours put in: not every program that shows SVG knows variables.
  func resolved(with theme: Theme) -> String {
    theme.variables.reduce(text) { $0.replacing("var(--\($1.name))", with: $1.color) }
  }

  /// The colours of both themes as variables of a page.
  static var variables: String {
    func rules(_ theme: Theme) -> String {
      theme.variables.map { "--\($0.name): \($0.color)" }.joined(separator: "; ")
    }
    return """
      :root { color-scheme: light dark; \(rules(.light)) }
      @media (prefers-color-scheme: dark) { :root { \(rules(.dark)) } }

      """
  }
}
