import Experiments
import Foundation

/// One moment of a run in one line.
struct ProgressLine {
  let state: RunState
  let running: RunState.Running
  let now: ContinuousClock.Instant

  /// For a log: `3/12 maml-...: training 1250/2000, 3.1 iterations/s, loss 0.31, ...`.
  var text: String {
    "\(place) \(running.cell.id): \(phase) \((["\(running.done)/\(running.total)"] + facts).joined(separator: ", "))"
  }

  /// For a terminal: the same with a bar, cut to the width.
  func bar(columns: Int) -> String {
    let head = "\(place) \(running.cell.id) "
    let tail = " " + (["\(running.done)/\(running.total)"] + facts).joined(separator: " · ")
    let room = columns - 1 - head.count - tail.count
    let width = min(30, max(8, room))
    let full = running.total > 0 ? width * running.done / running.total : 0
    let line =
      head + String(repeating: "━", count: full) + String(repeating: "─", count: width - full) + tail
    return String(line.prefix(columns - 1))
  }

  /// `3/12`: the cell's place among those of the run.
  private var place: String { "\(state.ended + 1)/\(state.count)" }

  private var phase: String { running.phase == .training ? "training" : "testing" }

  private var facts: [String] {
    var facts: [String] = []
    if let rate = running.rate(now) {
      let unit = running.phase == .training ? "iterations/s" : "episodes/s"
      facts.append(String(format: rate < 10 ? "%.1f \(unit)" : "%.0f \(unit)", rate))
    }
    if running.phase == .training, let loss = running.loss {
      facts.append(String(format: "loss %.3f", loss))
    }
    if let score = running.score {
      let name = running.phase == .training ? "validation \(running.cell.metric)" : running.cell.metric
      facts.append(String(format: "\(name) %.3f", score))
    }
    if let left = state.left(running, now) { facts.append("\(durationText(left)) left") }
    if state.count > 1, let left = state.left(now) {
      facts.append("suite \(durationText(left)) left")
    }
    return facts
  }
}
