import CKernels

/// A tensor's memory: written once by whoever makes it, afterwards only read.
///
/// Blocks come from a pool and go back to it, so that a training loop asks the system for memory
/// only while it runs for the first time.
final class Buffer: @unchecked Sendable {
  let count: Int
  let elements: UnsafeMutablePointer<Float>

  /// Memory for `count` elements, not initialized.
  init(count: Int) {
    self.count = count
    elements = mb_block_take(count)
  }

  deinit { mb_block_give(elements) }
}
