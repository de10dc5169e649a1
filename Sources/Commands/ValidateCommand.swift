import ArgumentParser
import Suites

/// `metabench validate`.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check suite files without running anything.",
    discussion: """
      Says of each file whether it is valid, and all that is wrong with it: the line, the key and \
      the nearest valid name. The exit code is 2 if a file is not valid.
      """)

  @Argument(help: "Suite files, or names of shipped suites.", completion: Completion.suites)
  var suites: [String]

  @OptionGroup var json: JSONOption

  /// What a script gets to know of one file.
  private struct Verdict: Encodable {
    let file: String
    let isValid: Bool
    var suite: String?
    var version: Int?
    var cells: Int?
    /// All that is wrong, in the order of lines.
    var errors: [Mistake]?
  }

  private struct Mistake: Encodable {
    var line: Int?
    let error: String
  }

  private func mistakes(_ error: any Error) -> [Mistake] {
    switch error {
    case let several as SuiteMistakes: several.all.flatMap(mistakes)
    case let one as SuiteError: [Mistake(line: one.place?.line, error: "\(one)")]
    default: [Mistake(error: "\(error)")]
    }
  }

  func run() throws {
    let verdicts = suites.map { path in
      do {
        let suite = try SuiteArgument.load(path)
        return Verdict(
          file: path, isValid: true, suite: suite.name, version: suite.version,
          cells: suite.cells.count)
      } catch {
        return Verdict(file: path, isValid: false, errors: mistakes(error))
      }
    }
    if json.isOn { Outcome.write(try jsonText(verdicts)) }
    for verdict in verdicts where !json.isOn {
      if let errors = verdict.errors {
        for mistake in errors { Outcome.write("Error: \(mistake.error)", to: .standardError) }
      } else {
        Outcome.write(
          "\(verdict.file): valid: suite \(verdict.suite!), version \(verdict.version!), "
            + counted(verdict.cells!, "cell"))
      }
    }
    if verdicts.contains(where: { !$0.isValid }) { throw Outcome.wrongUsage }
  }
}


