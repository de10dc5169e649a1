import Foundation

/// Draws figures as SVG with gnuplot, all of them in one process.
///
/// gnuplot's SVG carries no time, and its ids are counted, so equal figures give equal bytes.
struct Gnuplot {
  /// The program's path, or its name to be found in `PATH`.
  let program: String

  /// Writes `<slug>.svg` for each figure into `folder`.
  ///
  /// - Returns: nil if all went well, else what did not, as a sentence.
  func draw(_ figures: [CurvePlot], into folder: URL) -> String? {
    guard !figures.isEmpty else { return nil }
    guard let executable else {
      return "The curves were not drawn: '\(program)' is not installed (Debian: apt install "
        + "gnuplot-nox). Their numbers are in figures/*.csv."
    }
    // A file rather than a pipe: a program that ends early must not end us with SIGPIPE.
    let scriptFile = folder.appendingPathComponent(".figures.gnuplot")
    let process = Process()
    let errors = Pipe()
    process.executableURL = executable
    process.currentDirectoryURL = folder
    process.arguments = [scriptFile.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    defer { try? FileManager.default.removeItem(at: scriptFile) }
    do {
      try Data(figures.map(script).joined().utf8).write(to: scriptFile)
      try process.run()
    } catch {
      return "The curves were not drawn: gnuplot could not be started (\(error))."
    }
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = String(decoding: complaints, as: UTF8.self)
      return "The curves were not drawn: gnuplot says: \(text.split(separator: "\n").last ?? "")"
    }
    return nil
  }

  private var executable: URL? {
    let candidates: [String]
    if program.contains("/") {
      candidates = [program]
    } else {
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      candidates = path.split(separator: ":").map { "\($0)/\(program)" }
    }
    return candidates.first(where: FileManager.default.isExecutableFile).map {
      URL(fileURLWithPath: $0)
    }
  }

  // MARK: Script

  private func script(_ figure: CurvePlot) -> String {
    let lines = figure.lines.filter { !$0.points.isEmpty }
    let xs = lines.flatMap { $0.points.map(\.x) }
    let range = Self.yRange(figure)
    let colors = Theme.light
    var text = """
      reset
      set encoding utf8
      set terminal svg size 540,\(Self.height(figure)) dynamic rounded \
      font 'Helvetica,Arial,sans-serif,15' background '\(colors.paper)'
      set output '\(figure.slug).svg'
      set label '\(Self.quoted(figure.xLabel))' at screen 0.5325,\(Self.screen(Self.plotHeight + 42, figure)) \
      center font ',14' textcolor rgb '\(colors.quiet)'
      set label '\(Self.quoted(figure.yLabel))' at screen 0.004,\(Self.screen(14, figure)) left font ',14' \
      textcolor rgb '\(colors.quiet)'
      set border 3 linewidth 1 linecolor rgb '\(colors.axis)'
      set tics nomirror out scale 0.5 font ',14' textcolor rgb '\(colors.quiet)'
      set xtics offset 0,0.35
      set grid ytics linetype 1 linewidth 0.6 linecolor rgb '\(colors.grid)'
      set lmargin at screen 0.09
      set rmargin at screen 0.975
      set tmargin at screen \(Self.screen(34, figure))
      set bmargin at screen \(Self.screen(Self.plotHeight, figure))
      unset key
      set style fill transparent solid 0.2 noborder
      set yrange [\(range.lowerBound):\(range.upperBound)]

      """
    text += Self.xScale(figure, xs) + Self.key(figure)
    var plots: [String] = []
    for (index, line) in lines.enumerated() where !line.fit.isEmpty {
      text += Self.block("fit\(index)", line.fit.map { [$0.x, $0.y, $0.lower, $0.upper] })
      plots.append("$fit\(index) using 1:3:4 with filledcurves \(Self.color(line.color)) notitle")
    }
    for level in figure.levels {
      plots.append(
        "\(level.y) with lines \(Self.color(level.color)) linewidth 1.4 dashtype (6,5) "
          + "notitle")
    }
    for (index, line) in lines.enumerated() {
      text += Self.block("points\(index)", Self.rows(line))
      // Bars stand side by side, so that none hides another.
      let place = Double(index) - Double(lines.count - 1) / 2
      let shift = figure.xIsLogarithmic ? 0 : place * 0.006 * max(1, xs.max()!)
      plots += Self.measured(line, index, marks: figure.marksPoints, barShift: shift)
    }
    for (index, line) in lines.enumerated() where !line.fit.isEmpty {
      plots.append(
        "$fit\(index) using 1:2 with lines \(Self.color(line.color)) linewidth 2.2\(Self.dash(line.color)) notitle")
    }
    for (index, line) in figure.lines.enumerated() where !line.published.isEmpty {
      text += Self.block("published\(index)", line.published.map { [$0.x, $0.y] })
      plots.append(
        "$published\(index) using 1:2 with points pointtype 12 pointsize 1.1 linewidth 1.6 "
          + "\(Self.color(line.color)) notitle")
    }
    return text + "plot " + plots.joined(separator: ", \\\n  ") + "\nset output\n"
  }

  /// From 0 on, or around the points where the scale is logarithmic.
  private static func xScale(_ figure: CurvePlot, _ xs: [Double]) -> String {
    guard figure.xIsLogarithmic else {
      let whole = figure.xIsWhole && xs.max()! <= 12 ? "set xtics 1\n" : ""
      return "set xrange [0:\(max(1, xs.max()!) * 1.015)]\n" + whole
    }
    let ticks = Axis.logarithmicTicks(around: xs).map { "'\(decimal($0))' \($0)" }
    return """
      set logscale x 10
      set xrange [\(xs.min()! / 1.6):\(xs.max()! * 1.6)]
      set xtics (\(ticks.joined(separator: ", ")))

      """
  }

  /// Points with bars, pale where a fit is drawn over them; joined by a line where there is none.
  private static func measured(
    _ line: CurvePlot.Line, _ index: Int, marks: Bool, barShift: Double
  ) -> [String] {
    let data = "$points\(index) using"
    let hasFit = !line.fit.isEmpty
    guard marks else {
      let pale = color(line.color, transparency: hasFit ? 0x90 : 0)
      return ["\(data) 1:2 with lines \(pale) linewidth 1.2\(dash(line.color)) notitle"]
    }
    var plots: [String] = []
    if line.points.contains(where: { $0.interval != nil }) {
      let pale = color(line.color, transparency: hasFit ? 0xA8 : 0x50)
      // Not `yerrorbars`: it paints a white disc around every point, over whatever is there.
      plots.append(
        "\(data) ($1+\(barShift)):3:(0):($4-$3) with vectors nohead \(pale) linewidth 1.2 "
          + "notitle")
    }
    let size = hasFit ? 0.3 : line.points.count == 1 ? 0.7 : 0.45
    let style = hasFit ? "points" : "linespoints linewidth 2\(dash(line.color))"
    let shade = color(line.color, transparency: hasFit ? 0x60 : 0)
    plots.append(
      "\(data) 1:2 with \(style) \(shade) pointtype \(point(line.color)) pointsize \(size) notitle")
    return plots
  }

  // MARK: Key

  /// The sample and the name of each line, below the plot in as many columns as have room.
  ///
  /// gnuplot's own key takes names for wider than they are and leaves no room for the plot.
  private static func key(_ figure: CurvePlot) -> String {
    let entries = keyEntries(figure)
    let columns = keyColumns(entries)
    let rows = (entries.count + columns - 1) / columns
    var text = ""
    for (index, entry) in entries.enumerated() {
      let x = 49 + Double(index / rows) * keyWidth(entries)
      let y = screen(keyTop + Double(index % rows) * keyStep, figure)
      let sample = "\(color(entry.color)) linewidth \(entry.isDashed ? 1.4 : 2.2)"
      if let point = entry.point {
        text += "set label '' at screen \(decimal((x + 10) / 540)),\(y) point \(point) "
        text += "\(color(entry.color))\n"
      } else {
        text += "set arrow from screen \(decimal(x / 540)),\(y) to screen "
        text += "\(decimal((x + 20) / 540)),\(y) nohead \(sample)"
        text += entry.isDashed ? " dashtype (6,5)\n" : "\(dash(entry.color))\n"
        if figure.marksPoints, !entry.isDashed {
          text += "set label '' at screen \(decimal((x + 10) / 540)),\(y) point pointtype \(point(entry.color)) "
          text += "pointsize 0.5 \(color(entry.color))\n"
        }
      }
      text += "set label '\(quoted(entry.name))' at screen \(decimal((x + 28) / 540)),\(y) left "
      text += "font ',14' textcolor rgb '\(Theme.light.text)'\n"
    }
    return text
  }

  private struct KeyEntry {
    let name: String
    let color: Int
    /// The point that the line consists of; nil for a line.
    var point: String?
    var isDashed = false
  }

  private static func keyEntries(_ figure: CurvePlot) -> [KeyEntry] {
    figure.lines.filter { !$0.points.isEmpty }.map { line in
      let isPoint = line.points.count == 1 && line.fit.isEmpty
      return KeyEntry(
        name: line.name, color: line.color, point: isPoint ? "pointtype \(point(line.color)) pointsize 0.7" : nil)
    }
      + figure.levels.map { KeyEntry(name: $0.name, color: $0.color, isDashed: true) }
      + figure.lines.filter { !$0.published.isEmpty }.map {
        KeyEntry(
          name: "\($0.name), published", color: $0.color,
          point: "pointtype 12 pointsize 1.1 linewidth 1.6")
      }
  }

  private static func keyWidth(_ entries: [KeyEntry]) -> Double {
    44 + 6.7 * Double(entries.map(\.name.count).max() ?? 0)
  }

  private static func keyColumns(_ entries: [KeyEntry]) -> Int {
    min(entries.count, max(1, Int(500 / keyWidth(entries))))
  }

  // MARK: Places

  /// Where the plot ends and where the key begins, in points from the top.
  private static let (plotHeight, keyTop, keyStep) = (290.0, 352.0, 21.0)

  private static func height(_ figure: CurvePlot) -> Double {
    let entries = keyEntries(figure)
    let columns = keyColumns(entries)
    return keyTop + keyStep * Double((entries.count + columns - 1) / columns)
  }

  /// A distance from the top as gnuplot counts: the share of the height from the bottom.
  private static func screen(_ distance: Double, _ figure: CurvePlot) -> String {
    decimal(1 - distance / height(figure))
  }

  private static func decimal(_ value: Double) -> String { String(format: "%.5g", value) }

  /// What holds every point, bar and published figure, with a little air; errors start at 0, and
  /// accuracies end at 100.
  private static func yRange(_ figure: CurvePlot) -> ClosedRange<Double> {
    var lower = figure.levels.map(\.y).min() ?? .infinity
    var upper = figure.levels.map(\.y).max() ?? -.infinity
    for line in figure.lines {
      for point in line.points {
        lower = min(lower, point.interval?.lowerBound ?? point.y)
        upper = max(upper, point.interval?.upperBound ?? point.y)
      }
      for point in line.published {
        lower = min(lower, point.y)
        upper = max(upper, point.y)
      }
    }
    let air = max((upper - lower) * 0.06, abs(upper) * 0.001, 1e-9)
    if figure.isPercent { return max(0, lower - air)...min(100.5, upper + air) }
    return (lower >= 0 ? 0 : lower - air)...(upper + air)
  }

  /// - Parameter transparency: 0 for opaque, 255 for invisible.
  private static func color(_ index: Int, transparency: Int = 0) -> String {
    let colors = Theme.light.series
    let color = colors[index % colors.count].dropFirst()
    return "linecolor rgb '#\(transparency == 0 ? "" : String(transparency, radix: 16))\(color)'"
  }

  /// Where colours begin again, lines are dashed, then dotted.
  private static func dash(_ index: Int) -> String {
    ["", " dashtype (10,5)", " dashtype (2,5)"][index / Theme.light.series.count % 3]
  }

  /// A disc, a square, a triangle, a diamond, a triangle upside down: another one where colours begin again.
  private static func point(_ index: Int) -> Int {
    let shapes = [7, 5, 9, 13, 11]
    return shapes[(index + index / Theme.light.series.count) % shapes.count]
  }

  /// The points of a line with the ends of their bars. An empty row, which interrupts the line, stands
  /// where something was left out.
  private static func rows(_ line: CurvePlot.Line) -> [[Double]] {
    line.points.enumerated().flatMap { index, point -> [[Double]] in
      let row = [
        point.x, point.y, point.interval?.lowerBound ?? point.y,
        point.interval?.upperBound ?? point.y,
      ]
      let isInterrupted =
        index > 0 && line.leftOut.contains { $0.x > line.points[index - 1].x && $0.x < point.x }
      return isInterrupted ? [[], row] : [row]
    }
  }

  private static func block(_ name: String, _ rows: [[Double]]) -> String {
    let lines = rows.map { $0.map { "\($0)" }.joined(separator: " ") }
    return "$\(name) << END\n" + lines.joined(separator: "\n") + "\nEND\n"
  }

  /// `text` for a single-quoted string of gnuplot, with its markup characters disarmed.
  private static func quoted(_ text: String) -> String {
    text.replacing("'", with: "''").replacing("_", with: "\\_").replacing("^", with: "\\^")
      .replacing("{", with: "\\{").replacing("}", with: "\\}").replacing("@", with: "\\@")
  }
}
