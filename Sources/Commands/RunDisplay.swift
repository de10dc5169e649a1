import Experiments
import Foundation
import Results
import Suites
import Synchronization

/// Shows a run while it goes on: a bar on a terminal; else lines for a log, few enough to be read.
final class RunDisplay: Sendable {
  private struct Screen {
    var state: RunState
    var isBarShown = false
    var last = ContinuousClock.now
    /// Ends of cells that no line has told yet.
    var untold: [String] = []
    /// The last validation's score of a cell, by its id.
    var scores: [String: Double] = [:]
  }

  /// How much is told.
  enum Amount { case failures, ends, everything }

  private let screen: Mutex<Screen>
  private let isTerminal: Bool
  private let amount: Amount

  /// - Parameter pending: The cells that the run is going to run.
  init(pending: [Cell], threads: Int, amount: Amount = .ends, isTerminal: Bool) {
    screen = Mutex(Screen(state: RunState(pending: pending, threads: threads)))
    self.isTerminal = isTerminal
    self.amount = amount
  }

  /// What the run tells, shown.
  var observer: RunObserver {
    RunObserver(
      began: { cell, iteration in
        self.screen.withLock { screen in
          screen.state.began(cell, iteration, .now)
          guard self.amount == .everything else { return }
          self.tell("\(cell.id): " + (iteration > 0 ? "resumes from iteration \(iteration)" : "begins"), &screen)
        }
      },
      beganAnew: { cell, reason in
        self.screen.withLock { self.tell("\(cell.id): begins anew: \(reason)", &$0) }
      },
      progressed: { progress in
        self.screen.withLock { screen in
          screen.state.progressed(progress, .now)
          if self.amount == .everything { self.tellValidation(&screen) }
          self.refresh(&screen)
        }
      },
      ended: { cell, outcome in
        self.screen.withLock { screen in
          guard case .finished(let record) = outcome else { return }
          screen.state.ended(cell, .now)
          self.tell(record, &screen)
        }
      })
  }

  /// Takes the bar away and tells what is still untold.
  func close() {
    screen.withLock { screen in
      clear(&screen)
      flush(&screen)
    }
  }

  private func tell(_ record: CellRecord, _ screen: inout Screen) {
    guard amount != .failures || record.status.message != nil else { return }
    var line = "\(record.cell): \(record.status.name)"
    if let message = record.status.message {
      line += ": \(message)"
    } else {
      let mean = record.test.final.reduce(0, +) / Double(max(1, record.test.units))
      line += String(format: ", \(record.metric.name) %.4f", mean)
      line += " over \(counted(record.test.units, "test \(record.unit.singular)", "test \(record.unit.plural)"))"
      if let seconds = record.training.last?.seconds {
        line += ", trained in \(durationText(seconds))"
      }
    }
    guard !isTerminal else { return tell(line, &screen) }
    screen.untold.append(line)
    if .now - screen.last > .seconds(3) || record.status != .done { flush(&screen) }
  }

  /// Tells of the cell at hand what a validation has found, once.
  private func tellValidation(_ screen: inout Screen) {
    guard let running = screen.state.running.last(where: { $0.done > 0 }), running.phase == .training,
      let score = running.score, screen.scores[running.cell.id] != score
    else { return }
    screen.scores[running.cell.id] = score
    tell(ProgressLine(state: screen.state, running: running, now: .now).text, &screen)
  }

  /// Tells a line at once.
  private func tell(_ line: String, _ screen: inout Screen) {
    clear(&screen)
    Outcome.write(line)
  }

  private func refresh(_ screen: inout Screen) {
    guard amount != .failures, .now - screen.last > (isTerminal ? .milliseconds(150) : .seconds(10)) else { return }
    if !screen.untold.isEmpty { flush(&screen) }
    let now = ContinuousClock.now
    screen.last = now
    guard let running = screen.state.running.last(where: { $0.done > 0 }) else { return }
    let line = ProgressLine(state: screen.state, running: running, now: now)
    if isTerminal {
      StandardOutput.write("\r\u{1B}[K\(line.bar(columns: Terminal.columns ?? 80))")
      screen.isBarShown = true
    } else {
      Outcome.write(line.text)
    }
  }

  /// Tells which cells ended: the last in full, and how many more there were.
  private func flush(_ screen: inout Screen) {
    guard let last = screen.untold.last else { return }
    let others = screen.untold.count - 1
    Outcome.write(others > 0 ? "\(others) more ended, then \(last)" : last)
    screen.untold = []
    screen.last = .now
  }

  private func clear(_ screen: inout Screen) {
    guard screen.isBarShown else { return }
    StandardOutput.write("\r\u{1B}[K")
    screen.isBarShown = false
  }
}
