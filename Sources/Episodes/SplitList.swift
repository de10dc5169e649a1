import Foundation

/// The lists of classes among the program's resources.
enum SplitList {
  /// The lines of `Splits/<name>.txt`.
  static func lines(_ name: String) -> [String] {
    let url = Bundle.module.bundleURL.appendingPathComponent("Splits/\(name).txt")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else {
      preconditionFailure("\(url.path): a list of this program is missing. Build it again.")
    }
    return text.split(separator: "\n").map(String.init)
  }
}
