import Judgements
import Results
import Statistics
import Suites

/// Lines with intervals, fits and published figures, before gnuplot draws them.
struct CurvePlot {
  struct Point {
    let x: Double
    let y: Double
    /// Half the width of the 95 % interval; nil if there is none.
    let halfWidth: Double?
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
      [family.cell.metric] + layout.separateAxes.map(family.cell.text)
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
    let lines = try families.enumerated().compactMap { index, family in
      let color = layout.by == "algorithm" ? colors[family.cell.label] : nil
      return try Line(layout, family: family, color: color ?? index)
    }
    guard !lines.isEmpty else { return nil }
    self.lines = lines
    kind = layout.x == .steps ? .test : .training
    isPercent = layout.y.isPercent
    xIsWhole = layout.x == .steps
    marksPoints = (lines.map(\.points.count).max() ?? 0) <= 60

    var subject = layout.by == "dataset" ? [] : [cell.datasetLabel]
    if layout.by != "algorithm" { subject.append(cell.label) }
    if !cell.isRegression, layout.by != "way" { subject.append("\(cell.way)-way") }
    if layout.by != "shot" {
      subject.append(cell.isRegression ? "K = \(cell.shot)" : "\(cell.shot)-shot")
    }
    let names = subject.joined(separator: " ")
    title = (layout.title.map { "\($0), " } ?? "\(layout.y.words), ") + names
    slug = Format.slug("\(number) \(layout.y.rawValue) \(names)")
    xLabel = layout.x == .steps ? "adaptation steps" : "training iteration"
    yLabel =
      switch layout.y {
      case .trainLoss: "training loss"
      case .validationLoss, .testLoss: "mean squared error"
      case .validationAccuracy, .testAccuracy: "accuracy (%)"
      }
    caption = Self.caption(layout, families: families, lines: lines, title: title)
  }

  private static func caption(
    _ layout: ReportLayout.Curve, families: [CellFamily], lines: [Line], title: String
  ) -> String {
    let repeats = families.map(\.done.count).filter { $0 > 0 }
    let several = repeats.contains { $0 > 1 }
    var text = "**\(title).** "
    let unit =
      switch (layout.y, several) {
      case (_, true): "over \(Format.list(repeats)) repeats"
      case (.trainLoss, false): ""
      case (.validationAccuracy, false), (.validationLoss, false): "over the validation episodes"
      default: "over the test episodes"
      }
    text +=
      unit.isEmpty ? "A single run." : "Points: mean; bars: 95 % interval \(unit) (Student t)."
    let degrees = lines.compactMap(\.fitDegree)
    if let wanted = layout.polynomial, !degrees.isEmpty {
      text += " Lines: least-squares polynomial of degree \(Format.list(degrees))"
      if degrees.contains(where: { $0 < wanted }) {
        text += " (\(wanted) was asked for, but needs more points)"
      }
      text += "; bands: its 95 % confidence band"
      switch layout.y {
      case .validationAccuracy, .validationLoss:
        text += ", which treats all points as independent, though those of one run share their "
          + "validation episodes and follow from each other."
      case .testAccuracy, .testLoss:
        text += ", which treats all points as independent, though those of one run share their "
          + "test episodes."
      case .trainLoss:
        text += ", which treats all points as independent, though those of one run follow from "
          + "each other."
      }
    }
    let published = lines.flatMap { line in
      line.published.map { "\(line.name): \($0.figure.origin)" }
    }
    if !published.isEmpty {
      text += " Open diamonds: published (" + Format.distinct(published).joined(separator: ". ")
      text += ")."
    }
    return text
  }
}

extension CurvePlot.Line {
  init?(_ layout: ReportLayout.Curve, family: CellFamily, color: Int) throws {
    self.color = color
    let scale = layout.y.isPercent ? 100.0 : 1
    let observations: [(x: Double, runs: [[Double]])]
    switch layout.y {
    case .testAccuracy, .testLoss:
      // Algorithms that do not adapt have no curve.
      observations = family.steps == 0 ? [] : (0...family.steps).map { steps in
        let runs = family.done.filter { steps <= $0.test.steps }
        return (Double(steps), runs.map { $0.test.scores(after: steps) })
      }
    case .validationAccuracy, .validationLoss:
      observations = Self.aligned(
        family.done.map { $0.validation.map { ($0.iteration, $0.scores) } })
    case .trainLoss:
      observations = Self.aligned(family.done.map { $0.training.map { ($0.iteration, [$0.loss]) } })
    }
    points = observations.compactMap { x, runs in
      let share = runs.allSatisfy { $0.count == runs.first?.count }
      guard let estimate = Estimate(runs, sharesEpisodes: share) else { return nil }
      return .init(x: x, y: estimate.mean * scale, halfWidth: estimate.drawn.map { $0 * scale })
    }
    guard !points.isEmpty else { return nil }
    let value = family.cell.text(of: layout.by)
    name = layout.by == "algorithm" ? value : "\(layout.by) \(value)"

    // Every repeat's mean is a point of its own: how much repeats differ widens the band.
    let singles = observations.flatMap { x, runs in
      runs.compactMap { Summary(of: $0)?.mean }.map { (x: x, y: $0 * scale) }
    }
    let fit = try layout.polynomial.flatMap { try Self.fit(singles, degree: $0) }
    fitDegree = fit?.degree
    self.fit = fit.map(Self.samples) ?? []

    published =
      layout.x == .steps
      ? points.compactMap { point in
        let figure = PublishedFigures.about(family.cell, steps: Int(point.x)).first
        return figure.flatMap { figure in
          figure.number.map { (point.x, $0 * scale, figure) }
        }
      } : []
  }

  /// The repeats' values at each iteration that any of them has, in increasing order.
  private static func aligned(
    _ runs: [[(iteration: Int, values: [Double])]]
  ) -> [(x: Double, runs: [[Double]])] {
    var byIteration: [Int: [[Double]]] = [:]
    for run in runs {
      for point in run { byIteration[point.iteration, default: []].append(point.values) }
    }
    return byIteration.keys.sorted().map { (Double($0), byIteration[$0]!) }
  }

  /// A fit that leaves at least three points to judge it by; nil with fewer than five points.
  private static func fit(_ points: [(x: Double, y: Double)], degree: Int) throws -> PolynomialFit? {
    let degree = min(degree, points.count - 4)
    guard degree >= 1 else { return nil }
    return try PolynomialFit(x: points.map(\.x), y: points.map(\.y), degree: degree)
  }

  private static func samples(_ fit: PolynomialFit) -> [CurvePlot.FitPoint] {
    let count = 120
    let width = fit.domain.upperBound - fit.domain.lowerBound
    return (0...count).map { index in
      let x = fit.domain.lowerBound + width * Double(index) / Double(count)
      let y = fit.value(at: x)
      let half = fit.halfWidth(at: x) ?? 0
      return .init(x: x, y: y, lower: y - half, upper: y + half)
    }
  }
}

extension ReportLayout.Curve.Quantity {
  var isPercent: Bool { metric == "accuracy" }

  var words: String {
    switch self {
    case .validationAccuracy: "Validation accuracy"
    case .validationLoss: "Validation loss"
    case .testAccuracy: "Test accuracy"
    case .testLoss: "Test error"
    case .trainLoss: "Training loss"
    }
  }
}
