import Experiments
import Foundation
import Synchronization

/// Progress as lines of a log, one every few seconds.
final class PlainProgress: Sendable {
  private let last = Mutex(ContinuousClock.now)

  func say(_ line: String) {
    last.withLock { _ in Outcome.write(line) }
  }

  func progressed(_ progress: Experiments.Progress) {
    last.withLock { last in
      guard ContinuousClock.now - last > .seconds(5) else { return }
      last = .now
      let loss = progress.loss.map { String(format: ", loss %.4f", $0) } ?? ""
      let score = progress.score.map { String(format: ", \(progress.cell.metric) %.4f", $0) } ?? ""
      Outcome.write("\(progress.cell.id): \(progress.phase) \(progress.done) of \(progress.total)\(loss)\(score)")
    }
  }
}
