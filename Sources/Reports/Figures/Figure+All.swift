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
    let cell = family.cell
    return (family.done.first?.pictures ?? []).map { sheet in
      let title = "\(sheet.title), \(cell.label), \(cell.datasetLabel) \(cell.words)"
      return Figure(
        kind: .pictures, slug: Format.slug("\(sheet.name) \(cell.label) \(cell.datasetLabel) \(cell.words)"),
        title: title, caption: "**\(title).** \(sheet.caption)", csv: nil, drawing: .pictures(sheet))
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
