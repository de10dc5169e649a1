import Foundation
import TemporaryFolders
import Testing

/// Sessions on the command line, compared word for word with the stored ones.
///
/// METABENCH_WRITE_TRANSCRIPTS=1 stores what the program prints now.
struct TranscriptTests {
  /// The commands of each transcript.
  static let sessions: [(name: String, commands: [String])] = [
    (
      "help",
      [
        "metabench --help", "metabench run --help", "metabench retest --help",
        "metabench plan --help",
        "metabench validate --help", "metabench report --help", "metabench claims --help",
        "metabench compare --help", "metabench gate --help", "metabench digest --help",
        "metabench verify --help", "metabench explain --help", "metabench status --help",
        "metabench show --help",
        "metabench data --help", "metabench data import --help", "metabench data fetch --help",
        "metabench data list --help", "metabench list --help", "metabench list suites --help",
      ]
    ),
    (
      "usage",
      [
        "metabench runn small.yaml", "metabench run", "metabench run small.yaml --threads 0",
        "metabench run small.yaml --threads many", "metabench run small.yaml --only mamal-*",
        "metabench list", "metabench data import", "metabench report",
        "metabench report small.yaml --tabels",
      ]
    ),
    (
      "input",
      [
        "metabench run missing.yaml", "metabench run typo.yaml", "metabench run broken.yaml",
        "metabench validate small.yaml typo.yaml", "metabench run omniglot.yaml",
        "metabench run small.yaml --results small.yaml/results",
        "metabench run small.yaml --results foreign", "metabench plan small.yaml --results foreign",
        "metabench report small.yaml", "metabench report data",
        "metabench report small.yaml --results foreign", "metabench claims small.yaml",
        "metabench claims data", "metabench digest missing.h5",
        "metabench digest small.yaml", "metabench digest data",
        "metabench verify data", "metabench verify small.yaml", "metabench explain small.yaml",
        "metabench explain small.yaml malm", "metabench show small.yaml maml",
        "metabench show missing.h5", "metabench status data",
        "metabench data import omniglot", "metabench data import omniglot missing.zip",
        "metabench data import omniglot small.yaml", "metabench data import strokes small.yaml",
        "metabench data import svhn small.yaml", "metabench data import mnist small.yaml",
        "metabench data import mnist data", "metabench data fetch sinusoid",
        "metabench data import mini-imagenet", "metabench data import mini-imagenet small.yaml",
        "metabench data import mini-imagenet data", "metabench data import cifar-fs data",
        "metabench data fetch mini-imagenet",
        "metabench list suites missing",
      ]
    ),
    (
      "answers",
      [
        "metabench validate small.yaml", "metabench validate --json small.yaml typo.yaml",
        "metabench plan small.yaml --no-timing", "metabench plan small.yaml --no-timing --only maml-*"
          + " --json --threads 2", "metabench data list", "metabench data list --json",
        "metabench list algorithms", "metabench list algorithms maml cnp", "metabench list algorithms mamel",
        "metabench list datasets", "metabench list splits",
        "metabench list suites .", "metabench status small.yaml",
      ]
    ),
  ]

  @Test(arguments: sessions.map(\.name))
  func theProgramAnswersAsItDid(_ name: String) throws {
    let folder = try TemporaryFolder()
    try prepare(folder)
    let program = Program(folder: folder.url)
    var transcript = ""
    for command in Self.sessions.first(where: { $0.name == name })!.commands {
      let ending = try program.run(command.split(separator: " ").dropFirst().map(String.init))
      transcript += "$ \(command)\n\(ending.output)\(ending.errors)[exit code \(ending.code)]\n\n"
    }
    transcript = transcript.replacing(folder.url.path, with: "/FOLDER")
    let stored = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Transcripts/\(name).txt")
    if ProcessInfo.processInfo.environment["METABENCH_WRITE_TRANSCRIPTS"] != nil {
      try Data(transcript.utf8).write(to: stored)
    }
    let expected = try String(contentsOf: stored, encoding: .utf8)
    let (old, new) = (lines(expected), lines(transcript))
    #expect(old.count == new.count)
    for (index, pair) in zip(old, new).enumerated() {
      #expect(pair.1 == pair.0, "line \(index + 1) of \(name).txt")
    }
  }

  /// The files that the commands name.
  private func prepare(_ folder: TemporaryFolder) throws {
    func write(_ text: String, to name: String) throws {
      try Data(text.utf8).write(to: folder.url.appendingPathComponent(name))
    }
    try write(SuiteText.small, to: "small.yaml")
    try write(SuiteText.omniglot, to: "omniglot.yaml")
    try write(SuiteText.small.replacing("iterations", with: "iteratons"), to: "typo.yaml")
    try write("suite: [broken", to: "broken.yaml")
    for name in ["data", "foreign"] {
      try FileManager.default.createDirectory(
        at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    // What lies under the name of a cell, but is none.
    let plan = try Program(folder: folder.url).run("plan", "small.yaml", "--no-timing")
    let cell = plan.output.split(separator: "\n")[1].split(separator: " ")[0]
    try write("not HDF5", to: "foreign/\(cell).h5")
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
