extension Interval {
  /// The normal interval, mean ± z s / √n, as papers print it; nil if there are no values.
  ///
  /// It is a little too narrow for few values: use Student's t there.
  ///
  /// - Precondition: `confidence` is above 0 and below 1.
  public static func normal(
    of values: [Double], over unit: Unit, confidence: Double = 0.95
  ) -> Interval? {
    Summary(of: values).map { summary in
      Interval(
        summary,
        halfWidth: summary.standardError.map { Normal.quantile((1 + confidence) / 2) * $0 },
        unit: unit, .normal, confidence)
    }
  }
}
