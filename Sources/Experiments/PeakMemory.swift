import Foundation

/// The largest resident memory of this program since it was last reset, as Linux counts it.
enum PeakMemory {
  /// Begins to count from what is resident now, where the system lets a program do so.
  static func reset() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  /// In bytes; nil where the system does not tell.
  static var bytes: Int? {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
  }
}
