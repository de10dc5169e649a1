import Foundation

/// Where the standard output is shown.
enum Terminal {
  /// Its width in characters; nil where the output goes to a file or another program, which wants lines whole.
  static var columns: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
