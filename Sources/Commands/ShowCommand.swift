import ArgumentParser
import Experiments
import Foundation
import Results
import Statistics

/// `metabench show`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Draw what is in a cell's results file.",
    discussion: """
      Scores after every adaptation step, the curves of training and validation, how test episodes are \
      spread, and what made them; '--json' has every number of the curves.

        metabench show results/quickstart/maml-sinusoid-1way-5shot-r0-c2d3ab83.h5
        metabench show results/quickstart maml-
      """)

  @OptionGroup var input: CellArguments

  @OptionGroup var json: JSONOption

  func run() throws {
    let file: URL
    if input.isFile, input.cell == nil {
      file = UserPath.file(input.path)
    } else {
      let (_, folder, cell) = try input.find()
      file = folder.file(for: cell.id)
      guard try folder.status(of: cell.id) != nil else {
        throw CommandError(
          "\(cell.id): has no result yet. 'metabench status' says how far it has come.")
      }
    }
    let record = try CellFile.read(file, includingParameters: true)
    Outcome.write(json.isOn ? try jsonText(CellSummary(record)) : CellDrawing(record).text)
  }
}
