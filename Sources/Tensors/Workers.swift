import CKernels
import Synchronization

/// The threads that tasks, images and channels are spread over.
///
/// How many there are never reaches a result: work is cut into pieces by its own size alone, every
/// piece writes to its own place, and sums over pieces run in their order.
public enum Workers {
  private static let configured = Atomic<Int>(1)

  /// How many threads work at a time. Set once, when the program starts.
  public static var threads: Int {
    get { configured.load(ordering: .relaxed) }
    set { configured.store(max(1, newValue), ordering: .relaxed) }
  }

  /// What `body` returns for each index below `count`, computed on several threads at once.
  ///
  /// Within `body` everything runs on its own thread: only the outermost loop is spread.
  ///
  /// - Throws: What `body` throws; of several errors that of the lowest index. All indices are tried.
  public static func map<Value, Failure>(
    _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    var results = [Result<Value, Failure>?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { results in
      let results = results.baseAddress!
      forEach(count) { index in
        results[index] = Result { () throws(Failure) in try body(index) }
      }
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for result in results { values.append(try result!.get()) }
    return values
  }

  /// Calls `body` for each index below `count`, on several threads at once; it must not be isolated
  /// to an actor.
  package static func forEach(_ count: Int, _ body: (Int) -> Void) {
    if count <= 1 || threads == 1 {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { body in
        mb_spread(
          threads, count,
          { context, index in
            context!.assumingMemoryBound(to: ((Int) -> Void).self).pointee(index)
          }, UnsafeMutableRawPointer(mutating: body))
      }
    }
  }

  /// Calls `body` for runs of fixed length that make up `0..<count`.
  static func forEachRun(of count: Int, _ body: (Range<Int>) -> Void) {
    let length = 1 << 16
    if count <= length { return body(0..<count) }
    forEach((count + length - 1) / length) { index in
      body(index * length..<min(count, (index + 1) * length))
    }
  }

  /// Calls `body` for runs that make up arrays of some lengths, with the array's index; where the runs end must not
  /// reach a result.
  ///
  /// Every thread has one share of all numbers, the same each time, so that they stay in its cache.
  static func forEachShare(of counts: [Int], _ body: (_ array: Int, _ run: Range<Int>) -> Void) {
    let (total, line) = (counts.reduce(0, +), 16)
    let shares = max(1, min(threads, total >> 12))
    forEach(shares) { share in
      let wanted = total * share / shares..<total * (share + 1) / shares
      var first = 0
      for (array, count) in counts.enumerated() {
        // Cut where a cache line ends.
        func place(_ number: Int) -> Int { min(count, max(0, (number - first + line - 1) / line * line)) }
        let run = place(wanted.lowerBound)..<place(wanted.upperBound)
        if !run.isEmpty { body(array, run) }
        first += count
      }
    }
  }
}
