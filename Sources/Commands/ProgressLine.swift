import Experiments
import Foundation

/// One moment of a run in one line.
struct ProgressLine {
  let state: RunState
  let running: RunState.Running
  let now: ContinuousClock.Instant

  /// For a log: `3/12 maml-...: training 1250/2000, 3.1 iterations/s, loss 0.312, ...`.
  var text: String {
    "\(place) \(running.cell.id): \(doing) "
      + ([count] + facts(isShort: false).map(\.text)).joined(separator: ", ")
  }

  /// For a terminal: the same with a bar; in few columns in fewer words, then with fewer facts.
  func bar(columns: Int) -> String {
    let room = columns - 1
    let long = [count] + facts(isShort: false).map(\.text)
    if let line = line(running.cell.id, long.joined(separator: " · "), room, least: 10) {
      return line
    }
    let id = running.cell.id.split(separator: "-").dropLast().joined(separator: "-")
    var facts = facts(isShort: true)
    func tail() -> String { ([count] + facts.map(\.text)).joined(separator: " ") }
    for name in [nil, FactName.rate, .loss, .score, .all] {
      facts.removeAll { $0.name == name }
      if let line = line(id, tail(), room, least: 8) { return line }
    }
    // The beginning of the id, the time that is left, and a short bar; on less than that nothing can be read.
    let idRoom = max(1, room - "\(place) …  \(tail())".count - 4)
    let line = line("\(id.prefix(idRoom))…", tail(), room, least: 4)
    return line ?? String("\(place) \(tail())".prefix(room))
  }

  /// Head, bar and tail; nil if there is no room for a bar.
  private func line(_ id: String, _ tail: String, _ room: Int, least: Int) -> String? {
    let width = min(30, room - "\(place) \(id)  \(tail)".count)
    guard width >= least else { return nil }
    let full = running.total > 0 ? width * running.done / running.total : 0
    let bar = String(repeating: "━", count: full) + String(repeating: "─", count: width - full)
    return "\(place) \(id) \(bar) \(tail)"
  }

  /// `3/12`: the cell's place among those of the run.
  private var place: String { "\(state.ended + 1)/\(state.count)" }

  /// What is done, in trials, iterations or units; of units that take long to a tenth, as in `2.4/5 orders`.
  private var count: String {
    let steps = running.stepsPerUnit
    guard steps > 1 else { return "\(running.done)/\(running.total)" }
    return String(format: "%.1f/%d ", Double(running.done) / Double(steps), running.total / steps)
      + running.cell.plan.description.unit.plural
  }

  private var doing: String {
    switch running.phase {
    case .tuning: "trying settings"
    case .training: "training"
    case .testing: "testing"
    }
  }

  private var isTraining: Bool { running.phase == .training }

  private enum FactName { case rate, loss, score, left, all }

  private func facts(isShort: Bool) -> [(name: FactName, text: String)] {
    var facts: [(name: FactName, text: String)] = []
    if running.phase != .tuning, let rate = running.rate(now).map({ $0 / Double(running.stepsPerUnit) }),
      running.stepsPerUnit == 1 || rate > 0.1
    {
      let unit = isShort ? "/s" : isTraining ? " iterations/s" : " \(running.cell.plan.description.unit.plural)/s"
      facts.append((.rate, String(format: rate < 10 ? "%.1f\(unit)" : "%.0f\(unit)", rate)))
    }
    if running.phase != .testing, let loss = running.loss { facts.append((.loss, String(format: "loss %.3f", loss))) }
    if let score = running.score {
      let metric = running.cell.metric.name
      let name =
        isShort ? String(metric.prefix(3)) : running.phase == .testing ? metric : "validation \(metric)"
      facts.append((.score, String(format: "\(name) %.3f", score)))
    }
    let left = state.left(running, now).map { durationText($0) }
    let all = state.count > 1 ? state.left(now).map { ($0.isAll ? "" : "over ") + durationText($0.seconds) } : nil
    if let left { facts.append((.left, isShort ? left : "\(left) left")) }
    if let all { facts.append((.all, isShort ? "all \(all)" : "suite \(all) left")) }
    return facts
  }
}
