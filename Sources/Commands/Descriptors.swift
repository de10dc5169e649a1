import Foundation

/// How many files this program may have open at once.
enum Descriptors {
  /// Below that libraries fail in ways of their own.
  private static let fewest: UInt = 32
  private static let wanted: UInt = 4096

  /// Asks for as many as may be had.
  ///
  /// - Throws: ``CommandError`` where those are too few.
  static func raise() throws {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    if limit.rlim_cur < wanted {
      limit.rlim_cur = min(limit.rlim_max, wanted)
      setrlimit(resource, &limit)
    }
    guard limit.rlim_cur >= fewest else {
      throw CommandError(
        "only \(limit.rlim_cur) files may be open at once, and \(fewest) are needed. Raise the limit: ulimit -n 1024.")
    }
  }
}
