import Foundation
import TemporaryFolders
import Testing

/// The command `claims` on results that it runs first.
struct ClaimsTests {
  let folder: TemporaryFolder
  let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
  }

  /// Runs the small suite with `claims`, and decides these.
  private func decide(_ claims: String, _ arguments: String...) throws -> Program.Ending {
    let text = SuiteText.small + "claims:\n" + claims
    try Data(text.utf8).write(to: folder.url.appendingPathComponent("small.yaml"))
    #expect(try program.run("run", "small.yaml").code == 0)
    return try program.run(["claims", "small.yaml"] + arguments)
  }

  static let holding = """
      - { id: C1, says: "prototypes beat chance", left: { algorithm: protonet }, atLeast: 0.4,
          published: "98.8 of 20.0" }

    """

  @Test func exitCodesTellHowClaimsCameOut() throws {
    let holds = try decide(Self.holding)
    #expect(holds.code == 0, "\(holds.output)\(holds.errors)")
    #expect(holds.output.contains("| holds   | *98.8 of 20.0* |"))
    #expect(holds.output.contains("protonet, gaussians 3-way 1-shot"))

    let fails = Self.holding + """
        - { id: C2, says: "MAML is perfect", left: { algorithm: maml }, atMost: 0.0001 }

      """
    #expect(try decide(fails).code == 1)

    let open = Self.holding + """
        - { id: C2, says: "MAML is fast", quantity: train-seconds, left: { algorithm: maml },
            atMost: 60 }

      """
    let undecided = try decide(open)
    #expect(undecided.code == 3)
    #expect(undecided.output.contains("C2 is not decided"))
  }

  @Test func decisionsCanBeReadByScripts() throws {
    let ending = try decide(
      "  - { id: C1, says: it, quantity: support-accuracy, left: { algorithm: fomaml }, "
        + "atLeast: 0.3 }\n",
      "--json")
    let json = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
    let entry = try #require((json as? [[String: Any]])?.first)
    #expect(entry["metric"] as? String == "support-accuracy")
    #expect(entry["counts"] as? [Int] == [200])
    #expect(entry["outcome"] as? String == "holds")
    #expect(entry["task"] as? String == "gaussians 3-way 1-shot")
  }

  @Test func aSuiteWithoutClaimsIsSaidSo() throws {
    let ending = try decide("  []\n")
    #expect(ending.code == 2)
    #expect(ending.errors.contains("suite 'small' makes no claims"))
  }
}
