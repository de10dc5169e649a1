import Foundation
import TemporaryFolders
import Testing

/// What a command says cannot get lost behind the exit code 0.
struct LostOutputTests {
  let folder: TemporaryFolder
  let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
    try Data(SuiteText.small.utf8).write(to: folder.url.appendingPathComponent("small.yaml"))
  }

  @Test(arguments: [
    "--help", "--version", "list algorithms", "list datasets --json", "validate small.yaml",
    "plan small.yaml --no-timing", "data list", "run small.yaml --only 'protonet*'", "explain small.yaml maml",
  ])
  func aFullDiskIsSaid(_ command: String) throws {
    let ending = try program.shell("\"$PROGRAM\" \(command) > /dev/full")
    #expect(ending.code == 2)
    #expect(
      ending.errors == "Error: the standard output cannot be written (No space left on device), so what is"
        + " there is not all. Free some space, or write to another place.\n")
  }

  @Test func theFirstReasonToFailStays() throws {
    try Data(SuiteText.failing.utf8).write(to: folder.url.appendingPathComponent("failing.yaml"))
    #expect(try program.shell("\"$PROGRAM\" run failing.yaml > /dev/full").code == 1)
  }

  /// As `| head` does.
  @Test func aReaderThatWantsNoMoreEndsTheProgramQuietly() throws {
    let ending = try program.shell(
      "{ sleep 0.3; \"$PROGRAM\" list algorithms; echo $? >&2; } | true")
    #expect(ending.errors == "141\n")
  }
}
