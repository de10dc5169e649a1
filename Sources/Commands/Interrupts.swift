import Experiments
import Foundation

/// SIGINT and SIGTERM: the first asks the run to stop, the second ends the program at once.
enum Interrupts {
  /// What the signals set.
  static let stop = StopSignal()

  /// Handles the signals from now on.
  static func handle() {
    // Makes the constant now: a signal handler must not.
    _ = stop.isRequested
    // Whoever started this program from a thread that blocks signals handed that on.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        if Interrupts.stop.isRequested { _exit(3) }
        Interrupts.stop.set()
        let text: StaticString = "\nStopping after this iteration; once more to quit at once.\n"
        _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      }
    }
  }
}
