/// Curves with the uncertainty of what predicts them, in panels, for people to look at: nothing is judged by them.
public struct CurveSheet: Sendable, Equatable {
  /// A point of a curve.
  public struct Point: Sendable, Equatable {
    public let x: Double, y: Double

    /// A point from its coordinates.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// One curve, and what is expected of it.
  public struct Panel: Sendable, Equatable {
    /// What sets the panel apart from the others.
    public let heading: String
    /// What was told.
    public let told: [Point]
    /// The curve itself, from left to right.
    public let truth: [Point]
    /// Where something is expected, from left to right, what it is, and its standard deviation.
    public let x: [Double], mean: [Double], deviation: [Double]

    /// A panel from its parts.
    ///
    /// - Precondition: `x`, `mean` and `deviation` are equally long.
    public init(
      heading: String, told: [Point], truth: [Point], x: [Double], mean: [Double], deviation: [Double]
    ) {
      precondition(x.count == mean.count && x.count == deviation.count, "an expectation for each place")
      self.heading = heading
      self.told = told
      self.truth = truth
      self.x = x
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// Its name in files, of small letters and hyphens.
  public let name: String
  /// What it shows, as a heading.
  public let title: String
  /// What is drawn.
  public let caption: String
  /// Panels in a row.
  public let columns: Int
  /// Row by row; all have the same places and as many points of truth.
  public let panels: [Panel]

  /// A sheet from its parts.
  ///
  /// - Precondition: There is a panel, and all are of one size but for what was told.
  public init(name: String, title: String, caption: String, columns: Int, panels: [Panel]) {
    precondition(
      !panels.isEmpty
        && panels.allSatisfy { $0.x.count == panels[0].x.count && $0.truth.count == panels[0].truth.count },
      "panels of one size")
    self.name = name
    self.title = title
    self.caption = caption
    self.columns = columns
    self.panels = panels
  }
}
