import Measures

/// A figure of the report, whatever it shows.
struct Figure {
  /// What it tells about, in the order of the report.
  enum Kind: String, CaseIterable {
    case comparison = "Differences and ranks"
    case cost = "Training cost"
    case test = "By adaptation step"
    case training = "While training"
    case distributions = "Episode by episode"
    case pictures = "Pictures"
  }

  enum Drawing {
    /// Drawn by gnuplot.
    case curves(CurvePlot)
    case lines(SVG)
    case pictures(PictureSheet)
  }

  let kind: Kind
  /// Its file name without extension.
  let slug: String
  let title: String
  /// What is drawn and how it was made, as inline Markdown.
  let caption: String
  /// What is drawn, as numbers; nil of pictures.
  let csv: String?
  let drawing: Drawing

  /// The same, its words about these units.
  func said(of unit: ReplicationUnit) -> Figure {
    Figure(
      kind: kind, slug: slug, title: unit.said(title), caption: unit.said(caption), csv: csv,
      drawing: drawing)
  }

  /// Where it is below the report's folder, once it is drawn.
  var path: String {
    guard case .pictures = drawing else { return "figures/\(slug).svg" }
    return "figures/\(slug).png"
  }
}
