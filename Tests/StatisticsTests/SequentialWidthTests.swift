import Statistics
import Testing

@Suite struct SequentialWidthTests {
  private func run(_ rule: SequentialWidth, _ score: (Int) -> Double) -> [Double] {
    var scores: [Double] = []
    while let count = rule.needsMore(scores) {
      #expect(count > scores.count)
      scores += (scores.count..<count).map(score)
    }
    return scores
  }

  @Test func stopsOnceTheIntervalIsAsNarrowAsWanted() throws {
    let population = ScorePopulation(mean: 0.9)
    var generator = TestGenerator(seed: 2)
    let rule = SequentialWidth(halfWidth: 0.005)
    let scores = run(rule) { _ in population.draw(&generator) }
    #expect(try #require(rule.interval(scores)?.halfWidth) <= 0.005)
    #expect((700..<1300).contains(scores.count), "\(scores.count)")
  }

  @Test func perfectScoresNeedAsManyAsTheirExactBoundSays() throws {
    // 1 − 0.025^(1/n) is 0.01 from 368 episodes on.
    let rule = SequentialWidth(halfWidth: 0.005)
    let scores = run(rule) { _ in 1 }
    #expect((368...400).contains(scores.count), "\(scores.count)")
  }

  @Test func firstStageAndGreatestNumberAreKept() {
    let wide = SequentialWidth(halfWidth: 1)
    #expect(wide.needsMore([]) == 200 && wide.needsMore([0.5]) == 200)
    #expect(run(wide) { Double($0 % 2) }.count == 200)
    let short = SequentialWidth(halfWidth: 1e-4, atLeast: 50, atMost: 300)
    #expect(run(short) { Double($0 % 2) }.count == 300)
    #expect(short.needsMore([Double](repeating: 0.5, count: 300)) == nil)
  }

  @Test func lossesAreNotCutOffAtOne() throws {
    let rule = SequentialWidth(halfWidth: 0.5, isBounded: false)
    let scores = run(rule) { 10 * Double($0 % 3) }
    #expect(try #require(rule.interval(scores)).mean > 9)
    #expect(run(rule) { _ in 3 }.count == 200)
  }

  @Test func answerDependsOnTheScoresOnly() {
    let rule = SequentialWidth(halfWidth: 0.01)
    let scores = (0..<250).map { Double($0 % 4) / 4 }
    #expect(rule.needsMore(scores) == rule.needsMore(scores))
  }
}
