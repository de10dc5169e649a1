import Foundation
import TemporaryFolders
import Testing

/// What bash offers at TAB, with the script that is installed.
@Suite struct CompletionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["mine", "results/small", "empty"] {
      try FileManager.default.createDirectory(
        at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    for name in ["mine/own.yaml", "mine/notes.txt", "quick.yml", "results/small/suite.yaml", "results/small/a.h5"] {
      try Data().write(to: folder.url.appendingPathComponent(name))
    }
  }

  @Test(arguments: [
    ("ru", ["run"]), ("man", []),
    ("run qui", ["quickstart", "quick.yml"]),
    ("run m", ["miniimagenet-matching", "miniimagenet-paper", "miniimagenet-reduced", "mine/own.yaml"]),
    ("run mine/", ["mine/own.yaml"]), ("run res", ["results/small/"]), ("run e", []),
    ("report res", ["results/small"]), ("show results/small/", ["results/small/suite.yaml", "results/small/a.h5"]),
    ("validate sine-", ["sine-paper"]), ("list suites m", ["mine"]), ("data import cif", ["cifar-fs"]),
    ("run quickstart --on", ["--only"]),
  ])
  func bashOffers(_ line: String, _ expected: [String]) throws {
    let program = Program(folder: folder.url)
    let bash = Process()
    let output = Pipe()
    bash.executableURL = URL(fileURLWithPath: "/bin/bash")
    bash.currentDirectoryURL = folder.url
    bash.environment = [
      "PATH": URL(fileURLWithPath: program.path).deletingLastPathComponent().path + ":/usr/bin:/bin"
    ]
    bash.arguments = [
      "-c",
      """
      source <(metabench --generate-completion-script bash)
      COMP_WORDS=(metabench "$@") COMP_CWORD=$# COMP_TYPE=9
      COMP_LINE="${COMP_WORDS[*]}"
      COMP_POINT=${#COMP_LINE}
      _metabench metabench "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """, "bash",
    ] + line.split(separator: " ").map(String.init)
    bash.standardOutput = output
    try bash.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    bash.waitUntilExit()
    #expect(Set(text.split(separator: "\n").map(String.init)) == Set(expected))
  }
}
