import Experiments
import Tensors

/// What `metabench --version` prints.
enum VersionText {
  /// - Throws: `BLASError` where OpenBLAS is not installed.
  static func text() throws -> String {
    try BLAS.load()
    return TextTable(rows: [
      ["metabench", Host.version],
      ["compiler", Host.compiler],
      ["kernels", "OpenBLAS \(BLAS.kernels)"],
      ["cpu", "\(Host.cpu.model) (\(Host.cpu.flags.joined(separator: " ")))"],
    ]).text
  }
}
