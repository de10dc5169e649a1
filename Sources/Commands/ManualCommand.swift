import ArgumentParser

/// `metabench manual`: what `make install` makes the manual page with.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page in the format of man(7).",
    shouldDisplay: false)

  func run() throws {
    Outcome.write(try ManualPage(json: MetaBenchCommand._dumpHelp()).text)
  }
}
