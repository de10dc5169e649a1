/// The colours of a report, by day and by night.
struct Theme {
  let paper: String
  let text: String
  /// For what is said in passing: labels of axes, notes.
  let quiet: String
  let axis: String
  let grid: String
  /// Those of lines, in order.
  let series: [String]

  /// People with any colour vision can tell the series apart (Okabe and Ito).
  static let light = Theme(
    paper: "#ffffff", text: "#222222", quiet: "#444444", axis: "#888888", grid: "#e4e4e4",
    series: [
      "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b6b6b", "#a6761d",
    ])

  /// The same, lighter, on a dark ground.
  static let dark = Theme(
    paper: "#16181c", text: "#e6e6e3", quiet: "#a9adb3", axis: "#6f747c", grid: "#2c3037",
    series: [
      "#4ea3e0", "#f58549", "#2fc79a", "#e29cc5", "#f0b73f", "#94d3f7", "#a8a8a8", "#d2a45c",
    ])

  /// The names by which a page calls the colours, with their values.
  var variables: [(name: String, color: String)] {
    [
      ("paper", paper), ("text", text), ("quiet", quiet), ("axis", axis), ("grid", grid),
    ] + series.enumerated().map { ("series-\($0 + 1)", $1) }
  }
}
