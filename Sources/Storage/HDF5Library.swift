import CHDF5
import Synchronization

/// The door to the HDF5 library, which is not safe to enter twice: every call goes through here.
package enum HDF5Library {
  private static let lock = Mutex<Void>(())

  /// Runs `body` alone in the library, with HDF5's own error printing switched off.
  package static func enter<Value: ~Copyable>(_ body: () throws -> Value) rethrows -> Value {
    try lock.withLock { _ in
      // Thread-safe builds of HDF5 keep an error stack per thread, so this is not done once.
      H5Eset_auto2(0, nil, nil)
      return try body()
    }
  }

  /// HDF5's own words for the failure that has just happened, innermost cause first.
  static func lastMessage() -> String {
    var message = ""
    withUnsafeMutablePointer(to: &message) { pointer in
      _ = H5Ewalk2(
        0, H5E_WALK_UPWARD,
        { _, entry, target in
          guard let entry, let target, let words = entry.pointee.desc else { return 0 }
          target.withMemoryRebound(to: String.self, capacity: 1) {
            if $0.pointee.isEmpty { $0.pointee = String(cString: words) }
          }
          return 0
        }, pointer)
    }
    return message.isEmpty ? "HDF5 gives no reason" : message
  }
}
