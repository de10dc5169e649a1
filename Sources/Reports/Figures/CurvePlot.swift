import Foundation
import Judgements
import Measures
import Results
import Statistics
import Suites

/// Lines with intervals, fits and published figures, before gnuplot draws them.
struct CurvePlot {
  struct Point {
    let x: Double
    let y: Double
    /// The 95 % interval, as far as the scores can be there: accuracies are 0 to 100, many others 0 or more;
    /// nil if there is none.
    let interval: ClosedRange<Double>?

    /// - Parameter scale: 100 for accuracies, which are drawn in percent; 1 for errors.
    init(x: Double, _ estimate: Estimate, scale: Double, isNonNegative: Bool) {
      self.x = x
      y = estimate.mean * scale
      let possible =
        scale == 1 ? (isNonNegative ? 0 : -Double.infinity)...Double.infinity : 0...scale
      interval = estimate.ends.map { ($0.lowerBound * scale...$0.upperBound * scale).clamped(to: possible) }
    }
  }

  /// The fitted polynomial at one place, with its band.
  struct FitPoint {
    let x: Double
    let y: Double
    let lower: Double
    let upper: Double
  }

  struct Line {
    let name: String
    let points: [Point]
    /// Means that are no numbers or have exploded: drawn, they would hide all others.
    let leftOut: [Point]
    /// Empty without a fit.
    let fit: [FitPoint]
    let fitDegree: Int?
    /// What the papers report, as (x, y).
    let published: [(x: Double, y: Double, figure: PublishedFigure)]
    /// Which of the colours it has.
    let color: Int
  }

  let kind: Figure.Kind
  /// Its file name without extension.
  let slug: String
  let title: String
  let xLabel: String
  let yLabel: String
  let lines: [Line]
  /// What is drawn and how it was made, as Markdown.
  let caption: String
  /// Whether points are few enough to be marked one by one.
  let marksPoints: Bool
  /// Whether x counts a few things, so that its tics are whole.
  let xIsWhole: Bool
  /// Whether y is an accuracy in percent.
  let isPercent: Bool
  /// Whether x is drawn on a logarithmic scale.
  var xIsLogarithmic = false
  /// Values without an x, drawn as lines across.
  var levels: [(name: String, y: Double, color: Int)] = []

  var figure: Figure {
    Figure(
      kind: kind, slug: slug, title: title, caption: caption, csv: csv, drawing: .curves(self))
  }
}

extension CurvePlot {
  /// The figures of one curve of the layout.
  ///
  /// - Parameters:
  ///   - number: Begins the file names, so that no two figures share one.
  ///   - colors: Those of algorithms, the same in all figures.
  /// - Throws: `LinearAlgebraError.unavailable` where polynomials are to be fitted.
  /// - Complexity: O(records + scores).
  static func all(
    _ layout: ReportLayout.Curve, number: Int, families: [CellFamily], colors: [String: Int]
  ) throws -> [CurvePlot] {
    let selected = families.filter { layout.includes($0.cell) }
    let key = { (family: CellFamily) in
      [family.cell.metric.name] + layout.separateAxes(of: family.cell).map(family.cell.text)
    }
    let groups = Dictionary(grouping: selected, by: key)
    var seen: Set<[String]> = []
    return try selected.map(key).filter { seen.insert($0).inserted }.compactMap {
      try CurvePlot(layout, number: number, families: groups[$0]!, colors: colors)
    }
  }

  /// One figure; nil if no cell has anything to draw.
  private init?(
    _ layout: ReportLayout.Curve, number: Int, families: [CellFamily], colors: [String: Int]
  ) throws {
    let cell = families[0].cell
    let observations = families.map { Observations(layout, of: $0) }
    let limit =
      layout.metric(of: cell) != .loss
      ? .infinity
      : Explosions.limit(of: observations.flatMap { $0.points.map(\.y) }) ?? .infinity
    let lines = try families.enumerated().compactMap { index, family in
      let color = layout.by == "algorithm" ? colors[family.cell.label] : nil
      return try Line(
        layout, family: family, observations[index], limit: limit, color: color ?? index)
    }
    guard lines.contains(where: { !$0.points.isEmpty }) else { return nil }
    let places = Set(lines.flatMap { $0.points.map(\.x) }).sorted()
    let people = Line(people: layout, besides: cell, color: colors.count, at: places)
    self.lines = lines + (layout.by != "algorithm" || people.published.isEmpty ? [] : [people])
    let metric = layout.metric(of: cell)
    kind = layout.y.stage == .test ? .test : .training
    isPercent = metric.isShare
    xIsWhole = layout.y.stage == .test
    marksPoints = (lines.map(\.points.count).max() ?? 0) <= 60

    var subject = layout.by == "dataset" ? [] : [cell.datasetLabel]
    if layout.by != "algorithm" { subject.append(cell.label) }
    subject += cell.axes.entries.map(\.name).filter { $0 != layout.by }.map(cell.words(of:))
      .filter { !$0.isEmpty }
    if let place = layout.at.words { subject.append(place) }
    let names = subject.joined(separator: " ")
    title = (layout.title.map { "\($0), " } ?? "\(layout.words(of: cell)), ") + names
    slug = Format.slug("\(number) \(layout.y.name) \(names)")
    xLabel =
      switch layout.x {
      case OutcomeAxis.steps: "adaptation steps"
      case ReportLayout.Curve.iteration: "training iteration"
      default: layout.x
      }
    yLabel = layout.y.stage == .train ? "training loss" : metric.isShare ? "\(metric.words) (%)" : metric.words
    caption = Self.caption(layout, families: families, lines: self.lines, title: title)
  }

  /// How bars were made, and that they end where scores do.
  ///
  /// - Parameters:
  ///   - overEpisodes: Whether episodes are counted, where accuracies have another interval if Student's does not hold.
  ///   - several: Whether some have several repeats.
  static func estimator(of metric: Metric, overEpisodes: Bool, several: Bool) -> String {
    let method = overEpisodes && several ? "crossed random effects" : "Student t"
    guard metric.isShare else { return metric.isNonNegative ? "\(method), cut off at 0" : method }
    return "\(method)\(overEpisodes ? "; Hall's where Student's t does not hold" : ""), cut off at 0 and 100"
  }

  /// What is not drawn, as a sentence.
  private static func leftOut(_ lines: [Line]) -> String {
    let parts = lines.filter { !$0.leftOut.isEmpty }.map { line in
      "\(line.name) at \(line.leftOut.map { Int($0.x).grouped }.joined(separator: ", "))"
    }
    guard !parts.isEmpty else { return "" }
    return " Left out, for the mean is not finite or has exploded (more than "
      + "\(Explosions.factor.grouped) times the median of the figure): "
      + "\(parts.joined(separator: "; "))."
  }

  private static func caption(
    _ layout: ReportLayout.Curve, families: [CellFamily], lines: [Line], title: String
  ) -> String {
    let repeats = families.map(\.done.count).filter { $0 > 0 }
    let several = repeats.contains { $0 > 1 }
    var text = "**\(title).** "
    let others = several ? " and other repeats, of \(Format.list(repeats))" : ""
    let units = families[0].cell.plan.description.unit.plural
    let unit =
      switch layout.y.stage {
      case .train: several ? "over \(Format.list(repeats)) repeats" : ""
      case .validation: "for other validation \(units)\(others)"
      case .test: "for other test \(units)\(others)"
      }
    let method = estimator(
      of: layout.metric(of: families[0].cell), overEpisodes: layout.y.stage != .train, several: several)
    text += unit.isEmpty ? "A single run." : "Points: mean; bars: 95 % interval \(unit) (\(method))."
    text += families.standing + leftOut(lines)
    let degrees = lines.compactMap(\.fitDegree)
    if let wanted = layout.polynomial, !degrees.isEmpty {
      text += " Lines: least-squares polynomial of degree \(Format.list(degrees))"
      if degrees.contains(where: { $0 < wanted }) {
        text += " (\(wanted) was asked for, but needs more points)"
      }
      text += "; bands: its 95 % confidence band"
      switch layout.y.stage {
      case .validation:
        text += ", which treats all points as independent, though those of one run share their "
          + "validation \(units) and follow from each other."
      case .test:
        text += ", which treats all points as independent, though those of one run share their "
          + "test \(units)."
      case .train:
        text += ", which treats all points as independent, though those of one run follow from "
          + "each other."
      }
    }
    let published = lines.flatMap { line in
      line.published.map { "\(line.name): \($0.figure.origin)" }
    }
    if !published.isEmpty {
      text += " Open diamonds: published (" + published.distinct().joined(separator: ". ")
      text += ")."
    }
    return text
  }
}

extension CurvePlot.Line {
  /// - Parameter limit: Above this a mean has exploded.
  init?(
    _ layout: ReportLayout.Curve, family: CellFamily, _ observations: CurvePlot.Observations,
    limit: Double, color: Int
  ) throws {
    guard !observations.points.isEmpty else { return nil }
    func isSound(_ point: CurvePlot.Point) -> Bool { point.y.isFinite && point.y <= limit }
    self.color = color
    points = observations.points.filter(isSound)
    leftOut = observations.points.filter { !isSound($0) }
    let value = family.cell.text(of: layout.by)
    name = layout.by == "algorithm" ? value : "\(layout.by) \(value)"

    let places = Set(leftOut.map(\.x))
    let fit = try layout.polynomial.flatMap { degree in
      try Self.fit(observations.singles.filter { !places.contains($0.x) }, degree: degree)
    }
    fitDegree = fit?.degree
    self.fit = fit.map(Self.samples) ?? []

    published = Self.published(layout, family.cell, at: points.map(\.x)) {
      PublishedFigures.about(family.cell, $0).first
    }
  }

  /// What people did on the tasks of a cell: no points of our own.
  init(people layout: ReportLayout.Curve, besides cell: Cell, color: Int, at places: [Double]) {
    self.init(
      name: PublishedFigure.people, points: [], leftOut: [], fit: [], fitDegree: nil,
      published: Self.published(layout, cell, at: places) {
        PublishedFigures.ofPeople(besides: cell, $0)
      }, color: color)
  }

  /// The figures at some places of the outcome that `cell` is judged by.
  private static func published(
    _ layout: ReportLayout.Curve, _ cell: Cell, at places: [Double],
    _ figure: (Measure) -> PublishedFigure?
  ) -> [(x: Double, y: Double, figure: PublishedFigure)] {
    guard layout.y.stage == .test, layout.y.outcome == cell.metric.name else { return [] }
    let scale = layout.metric(of: cell).factor
    return places.compactMap { place in
      var measure = layout.at
      measure.at[layout.x] = place
      return figure(measure).flatMap { figure in figure.number.map { (place, $0 * scale, figure) } }
    }
  }

  /// A fit that leaves at least three points to judge it by; nil with fewer than five points.
  private static func fit(_ points: [(x: Double, y: Double)], degree: Int) throws -> PolynomialFit? {
    let degree = min(degree, points.count - 4)
    guard degree >= 1 else { return nil }
    return try PolynomialFit(x: points.map(\.x), y: points.map(\.y), degree: degree)
  }

  /// The fitted line and its band, to the six digits that no other kernels of linear algebra change.
  private static func samples(_ fit: PolynomialFit) -> [CurvePlot.FitPoint] {
    func rounded(_ value: Double) -> Double { Double(String(format: "%.6g", value))! }
    let count = 120
    let width = fit.domain.upperBound - fit.domain.lowerBound
    return (0...count).map { index in
      let x = fit.domain.lowerBound + width * Double(index) / Double(count)
      let y = fit.value(at: x)
      let half = fit.halfWidth(at: x) ?? 0
      return .init(x: x, y: rounded(y), lower: rounded(y - half), upper: rounded(y + half))
    }
  }
}

extension ReportLayout.Curve {
  /// What is drawn of a cell.
  func metric(of cell: Cell) -> Metric {
    y.stage == .train ? .loss : cell.metric.name == y.outcome
      ? cell.metric : Claim.Quantity.outcome(y.outcome).metric(of: cell)
  }

  /// As in `Validation accuracy`, `Test error`.
  func words(of cell: Cell) -> String {
    let metric = metric(of: cell)
    switch y.stage {
    case .train: return "Training loss"
    case .validation: return "Validation \(metric.name)"
    case .test: return "Test \(metric == .loss ? "error" : metric.words)"
    }
  }
}
