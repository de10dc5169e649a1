import Foundation
import Judgements
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
    [heading, scores, training, validation, histogram, parameters, origin].compactMap(\.self)
      .joined(separator: "\n\n")
  }

  private var isAccuracy: Bool { record.metric == "accuracy" }

  private var heading: String {
    let task =
      isAccuracy ? "\(record.way)-way \(record.shot)-shot" : "\(record.shot)-shot regression"
    var text = "\(record.cell): \(record.status.name)"
    if let message = record.status.message { text += ": \(message)" }
    text += "\n\(record.algorithm) on \(record.dataset) (\(record.split)), \(task), "
      + "\(counted(record.query, "query", "queries")), repeat \(record.repetition), "
      + "of suite \(record.suite)"
    return ([text] + record.remarks.map { "Remark: \($0)" }).joined(separator: "\n")
  }

  private var scores: String? {
    guard let method = summary.method else { return nil }
    let digits = isAccuracy ? 2 : 4
    func number(_ value: Double) -> String {
      String(format: "%.\(digits)f", isAccuracy ? 100 * value : value)
    }
    let rows = summary.steps.map { step in
      ["  \(step.steps)", number(step.mean), "[\(number(step.lower)), \(number(step.upper))]"]
    }
    return "Test \(record.metric)\(isAccuracy ? " in percent" : "") over "
      + "\(counted(summary.episodes, "episode")), by adaptation steps (95 %, \(method))\n"
      + TextTable(rows: rows).text
  }

  private var training: String? {
    guard let plot = plot(summary.training, isAccuracy: false) else { return nil }
    let seconds = summary.trainingSeconds.map { ", trained in \(durationText($0))" } ?? ""
    return "Training loss by iteration\(seconds)\n\(plot)"
  }

  private var validation: String? {
    plot(summary.validation, isAccuracy: isAccuracy).map {
      "Validation \(record.metric)\(isAccuracy ? " in percent" : "") by iteration, over "
        + "\(counted(record.validation[0].scores.count, "episode"))\n\($0)"
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
      "Test episodes by \(record.metric)\(isAccuracy ? " in percent" : "") "
        + "after the last step\n\($0)"
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
