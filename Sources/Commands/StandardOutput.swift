import Foundation
import Synchronization

/// The standard output, which remembers whether all that was written to it arrived.
enum StandardOutput {
  /// The error number of the first write that failed.
  private static let lost = Mutex<Int32?>(nil)

  /// Writes text at once; after a failure nothing more, so that what is there has no gaps.
  static func write(_ text: String) {
    lost.withLock { lost in
      var bytes = ArraySlice(text.utf8)
      while lost == nil, !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress!, $0.count) }
        if written >= 0 {
          bytes = bytes.dropFirst(written)
        } else if errno != EINTR {
          lost = errno
        }
      }
    }
  }

  /// Why something that was written did not arrive, as an error number; nil where everything did.
  static func failure() -> Int32? {
    lost.withLock { lost in
      // Some file systems say only now that there is no room: closing a copy asks them.
      let copy = dup(STDOUT_FILENO)
      if copy >= 0, close(copy) != 0, lost == nil { lost = errno }
      return lost
    }
  }
}
