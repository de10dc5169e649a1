import FewShotCells
import Suites
import Testing

/// What claims say and which cells they compare.
struct ClaimTests {
  /// The only claim of the right suite with another text in the place of its inequality.
  private func claims(_ text: String) throws -> (claim: Claim, suite: Suite) {
    let old = """
      left: { algorithm: protonet },
            minus: { algorithm: nearest-neighbor, features: pixels }, atLeast: 0.2, where: { way: 5 }
      """
    #expect(rightSuite.contains(old))
    let suite = try suite(rightSuite.replacing(old, with: text))
    return (suite.claims[0], suite)
  }

  /// The pairs that a claim compares, as in `protonet 5 1 / maml 5 1`.
  private func pairs(_ text: String) throws -> [String] {
    let (claim, suite) = try claims(text)
    return claim.comparisons(among: suite.cells).map { comparison in
      comparison.cells.map { "\($0.label) \($0.way) \($0.shot)" }.joined(separator: " / ")
    }
  }

  @Test func everyKeyIsRead() throws {
    let (claim, _) = try claims(
      "left: { algorithm: maml, steps: 0 }, minus: { algorithm: maml }, from: { shot: 1 }, "
        + "to: { shot: 5 }, between: [-0.1, 0.1], quantity: support-accuracy, "
        + "published: \"1 of 2\"")
    #expect(claim.left.measure.at == ["steps": 0] && claim.other.side?.measure.at == [:])
    #expect(claim.quantity == .outcome("support-accuracy"))
    #expect(claim.quantity.name == "support-accuracy")
    #expect(claim.atLeast == -0.1 && claim.atMost == 0.1)
    #expect(claim.published == "1 of 2")
    #expect(claim.change?.from.conditions.map(\.key) == ["shot"])
  }

  @Test func cellsAreComparedThatAgreeInAllThatTheSidesDoNotName() throws {
    #expect(
      try pairs("left: { algorithm: protonet }, minus: { algorithm: maml }, atLeast: 0") == [
        "protonet 5 1 / maml 5 1", "protonet 5 5 / maml 5 5", "protonet 20 1 / maml 20 1",
        "protonet 20 5 / maml 20 5",
      ])
    #expect(
      try pairs(
        "left: { algorithm: maml, shot: 5 }, minus: { algorithm: maml, shot: 1 }, atLeast: 0")
        == ["maml 5 5 / maml 5 1", "maml 20 5 / maml 20 1"])
  }

  @Test func variantsOfOneAlgorithmAreComparedWithThemselvesUnlessTheSidesNameThem() throws {
    let shots = "left: { algorithm: nearest-neighbor, shot: 5 }, minus: { algorithm: "
      + "nearest-neighbor, shot: 1 }, atLeast: 0, where: { way: 5 }"
    #expect(
      try pairs(shots) == [
        "nearest-neighbor 5 5 / nearest-neighbor 5 1",
        "nearest-neighbor (pretrained) 5 5 / nearest-neighbor (pretrained) 5 1",
      ])
    let features = "left: { features: pretrained }, minus: { features: pixels }, atLeast: 0"
    #expect(
      try pairs(features) == [
        "nearest-neighbor (pretrained) 5 1 / nearest-neighbor 5 1",
        "nearest-neighbor (pretrained) 5 5 / nearest-neighbor 5 5",
      ])
  }

  @Test func aChangeComparesPairsThatDifferInItsConditionsOnly() throws {
    #expect(
      try pairs(
        "left: { algorithm: protonet }, minus: { algorithm: maml }, from: { shot: 1 }, "
          + "to: { shot: 5 }, atMost: 0") == [
        "protonet 5 5 / maml 5 5 / protonet 5 1 / maml 5 1",
        "protonet 20 5 / maml 20 5 / protonet 20 1 / maml 20 1",
      ])
  }

  @Test func stepsOfOneCellAreCompared() throws {
    #expect(
      try pairs(
        "left: { algorithm: maml, steps: 1 }, minus: { algorithm: maml, steps: 0 }, atLeast: 0, "
          + "where: { way: 5, shot: 1 }") == ["maml 5 1 / maml 5 1"])
  }

  @Test func aSettingThatCameLaterIsLeftOutAtItsDefault() throws {
    let (_, suite) = try claims("left: { algorithm: protonet }, atLeast: 0")
    let plain = try #require(suite.cells.first { $0.algorithm == "protonet" })
    #expect(plain.settings["sharpness"] == .number(1))
    #expect(!plain.configuration.contains("sharpness"))
    let other = try Suite(
      yaml: rightSuite.replacing(
        "  maml: { innerRate: 0.3 }",
        with: "  maml: { innerRate: 0.3 }\n  protonet: { sharpness: 2 }"),
      file: "small.yaml", catalog: .small)
    let changed = try #require(other.cells.first { $0.algorithm == "protonet" })
    #expect(changed.configuration.contains("\"sharpness\":2"))
    #expect(changed.id != plain.id)
  }
}
