import Experiments
import Foundation
import Synchronization

/// SIGINT, SIGTERM and SIGHUP: the first asks the run to stop, the same one again ends the program at once.
///
/// Not so SIGHUP, which a terminal that is closed and its shell may both send; and what follows SIGTERM when a service is
/// stopped asks for nothing new.
enum Interrupts {
  /// What the signals set.
  static let stop = StopSignal()

  /// Handles the signals from now on.
  static func handle() {
    // Makes the constant now: a signal handler must not.
    _ = (stop.isRequested, received.load(ordering: .relaxed))
    // Whoever started this program from a thread that blocks signals handed that on.
    var signals = sigset_t()
    sigemptyset(&signals)
    // Beyond the largest file that is allowed writes fail, which is said, instead of ending the program.
    signal(SIGXFSZ, SIG_IGN)
    // Who asked with nohup to be spared is.
    let numbers = [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])
    for number in numbers { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in numbers {
      signal(number) { number in
        let code = errno
        defer { errno = code }
        let before = Interrupts.received.bitwiseOr(1 << Int(number), ordering: .relaxed).oldValue
        if number != SIGHUP, before & (1 << Int(number)) != 0 { _exit(3) }
        if Interrupts.stop.isRequested { return }
        Interrupts.stop.set()
        let text: StaticString = "\nStopping after this iteration; once more to quit at once.\n"
        _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      }
    }
  }

  /// A bit for each signal that came.
  private static let received = Atomic<Int>(0)

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
