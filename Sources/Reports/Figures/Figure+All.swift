import Judgements
import Measures
import Suites

extension Figure {
  /// The figures of a suite's report, in its order.
  ///
  /// - Throws: `LinearAlgebraError.unavailable` where polynomials are to be fitted.
  /// - Complexity: O(scores).
  static func all(_ layout: ReportLayout, families: [CellFamily]) throws -> [Figure] {
    let labels = families.map(\.cell.label).distinct()
    let colors = Dictionary(uniqueKeysWithValues: zip(labels, 0...))
    let groups = SharedEpisodes.all(families)
    let reference = layout.reference ?? labels.first
    var figures: [Figure] = []
    for overview in ReportLayout.Overview.allCases where layout.overviews.contains(overview) {
      switch overview {
      case .differences:
        figures += SharedEpisodes.byDataset(groups).compactMap {
          DifferencePlot($0, reference: reference)?.figure
        }
      case .ranks:
        figures += SharedEpisodes.byDataset(groups).compactMap { RankPlot($0)?.figure }
      case .cost:
        figures += groups.compactMap { CurvePlot(cost: $0, colors: colors)?.figure }
      case .adaptation: break
      case .distributions:
        figures += groups.compactMap { HistogramPlot($0)?.figure }
      }
    }
    let curves = layout.curves + adaptation(layout, families: families)
    for (index, curve) in curves.enumerated() {
      figures += try CurvePlot.all(curve, number: index + 1, families: families, colors: colors)
        .map(\.figure)
    }
    figures += families.flatMap(pictures)
    return Kind.allCases.flatMap { kind in figures.filter { $0.kind == kind } }
  }

  /// What the first repeat of a cell shows of itself.
  private static func pictures(_ family: CellFamily) -> [Figure] {
    let cell = "\(family.cell.label), \(family.cell.datasetLabel) \(family.cell.words)"
    func figure(_ name: String, _ title: String, _ caption: String, csv: String?, _ drawing: Drawing) -> Figure {
      Figure(
        kind: .pictures, slug: Format.slug("\(name) \(cell)"), title: "\(title), \(cell)",
        caption: "**\(title), \(cell).** \(caption)", csv: csv, drawing: drawing)
    }
    guard let record = family.done.first else { return [] }
    return record.pictures.map { figure($0.name, $0.title, $0.caption, csv: nil, .pictures($0)) }
      + record.curves.map {
        let plot = CurveSheetPlot($0)
        return figure($0.name, $0.title, $0.caption, csv: plot.csv, .lines(plot.drawing))
      }
  }

  /// Curves along the first axis of what is judged, as by adaptation step, where the suite asks for no such
  /// curves itself.
  private static func adaptation(
    _ layout: ReportLayout, families: [CellFamily]
  ) -> [ReportLayout.Curve] {
    guard layout.overviews.contains(.adaptation) else { return [] }
    var quantities: [ReportLayout.Curve.Quantity] = []
    for metric in families.map(\.cell.metric) {
      let quantity = ReportLayout.Curve.Quantity(.test, metric.name)
      if !quantities.contains(quantity) { quantities.append(quantity) }
    }
    return quantities.compactMap { quantity in
      let drawn = families.filter { $0.cell.metric.name == quantity.outcome }
      guard !layout.curves.contains(where: { $0.y == quantity }),
        let axis = drawn.lazy.compactMap(\.axes.first).first(where: { $0.places.count > 1 })
      else { return nil }
      return .init(y: quantity, x: axis.name, by: "algorithm")
    }
  }
}
