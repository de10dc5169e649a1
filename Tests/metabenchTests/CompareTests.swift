import Foundation
import Results
import TemporaryFolders
import Testing

/// The command `compare`, as a process of its own, on the committed results.
struct CompareTests {
  let folder: TemporaryFolder
  let program: Program
  private let results = CommittedResults.folder.path

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
  }

  @Test func twoAlgorithmsOfOneFolderAreComparedTaskByTask() throws {
    let ending = try program.run("compare", results, "--left", "maml", "--right", "fomaml")
    #expect(ending.code == 0 && ending.errors.isEmpty)
    let rows = ending.output.split(separator: "\n").filter { $0.hasPrefix("| omniglot") }
    #expect(rows.count == 2)
    #expect(rows[0].contains("omniglot-5way-1shot") && rows[1].contains("omniglot-5way-5shot"))
    #expect(ending.output.contains("difference: maml − fomaml"))
  }

  @Test func twoFoldersAreComparedCellByCell() throws {
    let copy = folder.url.appendingPathComponent("copy")
    try CommittedResults.copy(to: copy) { record in
      var record = record
      record.test.scores = record.test.scores.map { max(0, $0 - 0.01) }
      return record.algorithm == "protonet" ? nil : record
    }
    let ending = try program.run("compare", results, "copy", "--format", "json")
    #expect(ending.code == 0)
    let object = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
    let comparisons = try #require(object?["comparisons"] as? [[String: Any]])
    #expect(comparisons.count == 14)
    for comparison in comparisons {
      let difference = try #require(comparison["difference"] as? Double)
      #expect(difference > 0.009 && difference < 0.0101)
      // Of three paired repeats, which scores cut off at 0 make differ a little.
      #expect(try #require(comparison["holmP"] as? Double) < 0.05)
    }
    let missing = try #require(object?["onlyLeft"] as? [String])
    #expect(missing == ["protonet-omniglot-5way-1shot", "protonet-omniglot-5way-5shot"])
  }

  @Test func twoFilesAreComparedAndUnlikeEpisodesRefused() throws {
    let cells = try ResultsFolder(url: CommittedResults.folder).cells()
    func file(_ prefix: String) throws -> String {
      "\(results)/\(try #require(cells.first { $0.hasPrefix(prefix) })).h5"
    }
    let alike = try program.run(
      "compare", file("maml-omniglot-5way-1shot-r0"), file("fomaml-omniglot-5way-1shot-r0"),
      "--format", "csv")
    #expect(alike.code == 0)
    #expect(alike.output.split(separator: "\n").count == 2)

    let unlike = try program.run(
      "compare", file("maml-omniglot-5way-1shot-r0"), file("maml-omniglot-5way-5shot-r0"))
    #expect(unlike.code == 2)
    #expect(unlike.errors.contains("were tested on different episodes"))
  }

  @Test func whatThereIsNotIsSaid() throws {
    for (arguments, message) in [
      ([results], "there is nothing to compare"),
      ([results, "--left", "maml"], "there is nothing to compare"),
      ([results, results, "--left", "maml"], "'--left' and '--right' come together"),
      ([results, "--left", "mamal", "--right", "fomaml"], "Did you mean 'maml'?"),
      ([results, results, "--confidence", "95"], "must be at least 0.5 and below 1"),
      ([results, results, "--format", "xml"], "--format"),
      ([results, "nowhere"], "there is no such file or folder"),
    ] {
      let ending = try program.run(["compare"] + arguments)
      #expect(ending.code == 2, "\(arguments)")
      #expect(ending.errors.contains(message), "\(ending.errors)")
    }
  }
}
