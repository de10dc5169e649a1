/// A report on one page before it has a format: Markdown and HTML are made from the same blocks.
struct ReportDocument {
  enum Block {
    case section(String)
    case subsection(String)
    /// A sentence or some, as inline Markdown, like all texts below.
    case paragraph(String)
    /// What the reader should not overlook.
    case warning(String)
    /// What is said of each name, in pieces that are not torn apart.
    case facts([(name: String, values: [String])])
    case list([String])
    case table(PrintedTable, label: String)
    /// The files that hold what stands above.
    case links([(name: String, target: String)])
    case figures([Figure])
    case commands([String])
  }

  let title: String
  let blocks: [Block]
}
