import Foundation

/// Draws figures as SVG with gnuplot, all of them in one process.
///
/// gnuplot's SVG carries no time, and its ids are counted, so equal figures give equal bytes.
struct Gnuplot {
  /// The program's path, or its name to be found in `PATH`.
  let program: String

  /// Colours that people with any colour vision can tell apart (Okabe and Ito).
  static let colors = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6B6B6B", "#A6761D",
  ]

  /// Writes `<slug>.svg` for each figure into `folder`.
  ///
  /// - Returns: nil if all went well, else what did not, as a sentence.
  func draw(_ figures: [Figure], into folder: URL) -> String? {
    guard !figures.isEmpty else { return nil }
    guard let executable else {
      return "The figures were not drawn: '\(program)' is not installed (Debian: apt install "
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
      return "The figures were not drawn: gnuplot could not be started (\(error))."
    }
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = String(decoding: complaints, as: UTF8.self)
      return "The figures were not drawn: gnuplot says: \(text.split(separator: "\n").last ?? "")"
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

  private func script(_ figure: Figure) -> String {
    let xs = figure.lines.flatMap { $0.points.map(\.x) }
    let range = Self.yRange(figure)
    var text = """
      reset
      set encoding utf8
      set terminal svg size 760,440 dynamic rounded font 'Helvetica,Arial,sans-serif,14' \
      background '#ffffff'
      set output '\(figure.slug).svg'
      set title '\(Self.quoted(figure.title))' font ',16' textcolor rgb '#222222' offset 0,-0.3
      set xlabel '\(figure.xLabel)' textcolor rgb '#444444'
      set ylabel '\(figure.yLabel)' textcolor rgb '#444444' offset 0.5,0
      set border 3 linewidth 1 linecolor rgb '#888888'
      set tics nomirror out scale 0.5 textcolor rgb '#444444'
      set grid ytics linetype 1 linewidth 0.6 linecolor rgb '#e4e4e4'
      set lmargin at screen 0.1
      set rmargin at screen \(Self.rightEdge(figure))
      set key at screen \(Self.rightEdge(figure) + 0.025), graph 1 left top vertical Left reverse \
      samplen 1.4 spacing 1.4 textcolor rgb '#222222'
      set style fill transparent solid 0.2 noborder
      set xrange [0:\(max(1, xs.max()!) * 1.015)]
      set yrange [\(range.lowerBound):\(range.upperBound)]

      """
    if figure.xIsWhole, xs.max()! <= 12 { text += "set xtics 1\n" }
    var plots: [String] = []
    for (index, line) in figure.lines.enumerated() where !line.fit.isEmpty {
      text += Self.block("fit\(index)", line.fit.map { [$0.x, $0.y, $0.lower, $0.upper] })
      plots.append("$fit\(index) using 1:3:4 with filledcurves \(Self.color(index)) notitle")
    }
    for (index, line) in figure.lines.enumerated() {
      text += Self.block("points\(index)", line.points.map { [$0.x, $0.y, $0.halfWidth ?? 0] })
      // Bars stand side by side, so that none hides another.
      let place = Double(index) - Double(figure.lines.count - 1) / 2
      let shift = place * 0.006 * max(1, xs.max()!)
      plots += Self.measured(line, index, marks: figure.marksPoints, barShift: shift)
    }
    for (index, line) in figure.lines.enumerated() where !line.fit.isEmpty {
      plots.append(
        "$fit\(index) using 1:2 with lines \(Self.color(index)) linewidth 2.2 "
          + "title '\(Self.quoted(line.name))'")
    }
    for (index, line) in figure.lines.enumerated() where !line.published.isEmpty {
      text += Self.block("published\(index)", line.published.map { [$0.x, $0.y] })
      plots.append(
        "$published\(index) using 1:2 with points pointtype 12 pointsize 1.1 linewidth 1.6 "
          + "\(Self.color(index)) title '\(Self.quoted(line.name)), published'")
    }
    return text + "plot " + plots.joined(separator: ", \\\n  ") + "\nset output\n"
  }

  /// Points with bars, pale where a fit is drawn over them; joined by a line where there is none.
  private static func measured(
    _ line: Figure.Line, _ index: Int, marks: Bool, barShift: Double
  ) -> [String] {
    let data = "$points\(index) using"
    let hasFit = !line.fit.isEmpty
    let title = hasFit ? "notitle" : "title '\(quoted(line.name))'"
    guard marks else {
      let pale = color(index, transparency: hasFit ? 0x90 : 0)
      return ["\(data) 1:2 with lines \(pale) linewidth 1.2 \(title)"]
    }
    var plots: [String] = []
    if line.points.contains(where: { $0.halfWidth != nil }) {
      let pale = color(index, transparency: hasFit ? 0xA8 : 0x50)
      // Not `yerrorbars`: it paints a white disc around every point, over whatever is there.
      plots.append(
        "\(data) ($1+\(barShift)):($2-$3):(0):(2*$3) with vectors nohead \(pale) linewidth 1.2 "
          + "notitle")
    }
    let style = hasFit ? "points" : "linespoints linewidth 2"
    let shade = color(index, transparency: hasFit ? 0x60 : 0)
    plots.append(
      "\(data) 1:2 with \(style) \(shade) pointtype 7 pointsize \(hasFit ? 0.3 : 0.45) \(title)")
    return plots
  }

  /// Where the plot ends and the key begins, as a part of the width: the longest name must fit.
  private static func rightEdge(_ figure: Figure) -> Double {
    let names = figure.lines.map { $0.name.count + ($0.published.isEmpty ? 0 : 11) }
    let width = min(320, 70 + 7.3 * Double(names.max() ?? 0))
    return ((1 - width / 760) * 1000).rounded() / 1000
  }

  /// What holds every point, bar and published figure, with a little air; errors start at 0, and
  /// accuracies end at 100.
  private static func yRange(_ figure: Figure) -> ClosedRange<Double> {
    var lower = Double.infinity
    var upper = -Double.infinity
    for line in figure.lines {
      for point in line.points {
        lower = min(lower, point.y - (point.halfWidth ?? 0))
        upper = max(upper, point.y + (point.halfWidth ?? 0))
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
    let color = colors[index % colors.count].dropFirst()
    return "linecolor rgb '#\(transparency == 0 ? "" : String(transparency, radix: 16))\(color)'"
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
