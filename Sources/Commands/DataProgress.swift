import Foundation

/// How far an import is: a line that a terminal keeps up to date, and nothing in a log.
final class DataProgress {
  private let isTerminal = isatty(STDOUT_FILENO) == 1
  private var last = ContinuousClock.now

  /// Does the work and takes the line away, whatever comes of it.
  func during<Result>(_ work: () throws -> Result) rethrows -> Result {
    defer { draw("") }
    return try work()
  }

  /// - Parameter part: What is finished, in 0...1.
  func show(_ text: String, _ part: Double) {
    guard .now - last > .milliseconds(100) else { return }
    last = .now
    let full = min(30, max(0, Int(30 * part)))
    let bar = String(repeating: "━", count: full) + String(repeating: "─", count: 30 - full)
    draw("\(text) \(bar) " + String(format: "%3.0f %%", 100 * part))
  }

  private func draw(_ text: String) {
    guard isTerminal else { return }
    StandardOutput.write("\r\u{1B}[K\(text)")
  }
}
