import Foundation
import Judgements
import Measures
import Results

/// What a cell's results file holds, drawn for a terminal.
struct CellDrawing {
  private let record: CellRecord
  private let summary: CellSummary

  init(_ record: CellRecord) {
    self.record = record
    summary = CellSummary(record)
  }

  var text: String {
    [heading, scores, trials, training, validation, histogram, parameters, origin].compactMap(\.self)
      .joined(separator: "\n\n")
  }

  private var isAccuracy: Bool { record.metric.isShare }
  private var metric: String { record.metric.name + (isAccuracy ? " in percent" : "") }

  /// A score as it is printed.
  private func number(_ score: Double) -> String {
    isAccuracy ? String(format: "%.2f", 100 * score) : String(format: "%.4f", score)
  }

  private var heading: String {
    var text = "\(record.cell): \(record.status.name)"
    if let message = record.status.message { text += ": \(message)" }
    let place = record.coordinates.entries.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    text += "\n\(record.system) on \(record.dataset) (\(record.split)), \(place), "
      + "repeat \(record.repetition), of suite \(record.suite) (\(record.kind))"
    return ([text] + record.remarks.map { "Remark: \($0)" }).joined(separator: "\n")
  }

  private var scores: String? {
    guard let method = summary.method else { return nil }
    let rows = summary.places.map { place in
      ["  \(place.at)", number(place.mean), "[\(number(place.lower)), \(number(place.upper))]"]
    }
    let axes = record.test.judged?.axes.map(\.name).joined(separator: ", ") ?? ""
    let by = axes.isEmpty ? "" : axes == OutcomeAxis.steps ? ", by adaptation steps" : ", by \(axes)"
    return "Test \(metric) over "
      + "\(counted(summary.units, record.unit.singular, record.unit.plural))\(by) (95 %, \(method))\n"
      + TextTable(rows: rows).text
  }

  private var trials: String? {
    guard let tuning = record.tuning else { return nil }
    let rows = zip(summary.trials, tuning.trials).map { trial, made in
      let values = made.values.entries.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      return ["  \(values)", trial.score.map(number) ?? "diverged", durationText(trial.seconds), trial.isChosen ? "chosen" : ""]
    }
    let units = tuning.trials.map(\.scores.count).max() ?? 0
    return "Settings tried, with validation \(metric) over "
      + "\(counted(units, record.unit.singular, record.unit.plural))\n" + TextTable(rows: rows).text
  }

  private var training: String? {
    guard let plot = plot(summary.training, isAccuracy: false) else { return nil }
    let seconds = summary.trainingSeconds.map { ", trained in \(durationText($0))" } ?? ""
    return "Training loss by iteration\(seconds)\n\(plot)"
  }

  private var validation: String? {
    plot(summary.validation, isAccuracy: isAccuracy).map {
      "Validation \(metric) by iteration, over "
        + "\(counted(record.validation[0].scores.count, record.unit.singular, record.unit.plural))\n\($0)"
    }
  }

  private func plot(_ curve: CellSummary.Curve, isAccuracy: Bool) -> String? {
    TextPlot(points: zip(curve.iterations.map(Double.init), curve.values).map { ($0, $1) }) {
      isAccuracy ? String(format: "%.1f", 100 * $0) : String(format: "%.4g", $0)
    }.text
  }

  private var histogram: String? {
    let scores = TextHistogram(values: record.test.final) {
      isAccuracy ? String(format: "%5.1f", 100 * $0) : String(format: "%.4g", $0)
    }
    return scores.text.map {
      "Test \(record.unit.plural) by \(metric) at the last place\n\($0)"
    }
  }

  private var parameters: String {
    guard !record.parameters.isEmpty else { return "Parameters: none stored" }
    let count = record.parameters.reduce(0) { $0 + $1.values.count }
    return "Parameters: \(counted(record.parameters.count, "array")) of together "
      + "\(counted(count, "number")), \(record.parameters[0].name) … "
      + record.parameters[record.parameters.count - 1].name
  }

  private var origin: String {
    let rows = summary.provenance?.rows ?? [["provenance", "unreadable"]]
    return TextTable(
      rows: rows.map { ["  " + $0[0], $0[1]] } + [
        ["  configuration", record.configuration], ["  digest", record.digest],
      ]
    ).text
  }
}
