import ArgumentParser
import Experiments
import Foundation
import Results

/// `metabench explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say where every number of a cell comes from.",
    discussion: """
      Every resolved value with the line of the suite file that says it, or 'default'; the address of \
      every stream of randomness; the digests of configuration, data, split and result; and what \
      program, kernels, compiler and CPU made the result, or would make it here.

        metabench explain quickstart maml-
        metabench explain results/omniglot-5way maml-omniglot-5way-1shot-r0
      """)

  @OptionGroup var input: CellArguments

  @OptionGroup var data: DataOptions

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var json: JSONOption

  func run() throws {
    let (suite, folder, cell) = try input.find()
    threads.start()
    let record =
      try folder.status(of: cell.id) == nil ? nil : try CellFile.read(folder.file(for: cell.id))
    let explanation = CellExplanation(
      cell, of: suite, datasets: OpenDatasets(data: data.folder), record: record)
    guard !json.isOn else { return Outcome.write(try jsonText(explanation)) }
    let sections: [(String, [[String]])] = [
      ("Values", explanation.values.map { [$0.name, $0.value, $0.origin] }),
      ("Streams of randomness", explanation.streams.map { [$0.purpose, $0.address] }),
      ("Digests (SHA-256)", explanation.digests.map { [$0.name, $0.digest] }),
      (
        explanation.madeWith == nil ? "Not run; here it would be made with" : "Made with",
        (explanation.madeWith ?? explanation.madeNow).rows
      ),
    ]
    Outcome.write("\(explanation.cell), of suite \(explanation.suite)")
    for (title, rows) in sections {
      Outcome.write("\n\(title)\n" + TextTable(rows: rows.map { [" "] + $0 }).text)
    }
    guard let isReproducible = explanation.isReproducibleHere else { return }
    if isReproducible {
      Outcome.write("\nKernels and CPU flags are those of this machine: equal bits are expected.")
    } else {
      let here = explanation.madeNow.rows.filter { ["kernels", "CPU"].contains($0[0]) }
      Outcome.write(
        "\nOther kernels or CPU flags than here, so last bits may differ. Here\n"
          + TextTable(rows: here.map { [" "] + $0 }).text)
    }
  }
}

extension Provenance {
  /// Each part with its name.
  var rows: [[String]] {
    [
      ["MetaBench", version], ["commit", commit.isEmpty ? "unknown" : commit],
      ["program", program.map { "SHA-256 \($0)" } ?? "not recorded"],
      ["kernels", kernels], ["linear algebra", linearAlgebra ?? "not recorded"], ["compiler", swift], ["system", system],
      ["CPU", "\(cpu) (\(cpuFlags.joined(separator: " ")))"], ["threads", "\(threads)"],
    ]
      + (examplesPerClass ?? [:]).sorted { $0.key < $1.key }
      .map { ["per class", "\($0.value.text) in \($0.key)"] }
  }
}
