import Experiments

/// What `metabench --version` prints.
enum VersionText {
  static func text() -> String {
    TextTable(rows: [
      ["metabench", Host.version],
      ["compiler", Host.compiler],
      ["kernels", Host.instructionSet],
      ["linear algebra", Host.linearAlgebra],
      ["cpu", "\(Host.cpu.model) (\(Host.cpu.flags.joined(separator: " ")))"],
    ]).text
  }
}
