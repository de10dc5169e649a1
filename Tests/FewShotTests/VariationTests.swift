import FewShot
import Kinds
import Episodes
import Testing

struct VariationTests {
  /// Every choice of every setting, one at a time.
  private func settings(of algorithm: AlgorithmDescription, isRegression: Bool) -> [Settings] {
    let descriptions = algorithm.settings(isRegression: isRegression)
    return [Settings(descriptions)] + descriptions.flatMap { description in
      description.choices.map { choice in
        var settings = Settings(descriptions)
        settings.set(description.name, to: .text(choice))
        return settings
      }
    }
  }

  /// What has parameters that nothing trains begins at random; without parameters nothing does.
  @Test(arguments: [true, false])
  func whatVariesIsWhatTheLearnerHas(_ isRegression: Bool) throws {
    let problem = Problem(
      inputKind: isRegression ? .vectors(1) : .images(channels: 1, height: 28, width: 28),
      training: EpisodeShape(way: isRegression ? 1 : 5, shot: 1, query: 2), metaBatch: 2, iterations: 10,
      trainingClasses: isRegression ? nil : 20, batchNorm: .queryBatch, contextWidth: 2)
    var seen: Set<Variation> = []
    for algorithm in AlgorithmRegistry.all where algorithm.supports(regression: isRegression) {
      for settings in settings(of: algorithm, isRegression: isRegression) {
        guard let learner = try? algorithm.learner(settings, for: problem) else { continue }
        let expected: Variation =
          learner.isTrained ? .training : learner.parameters.isEmpty ? .nothing : .initialization
        #expect(algorithm.variesBy(settings) == expected, "\(algorithm.name)")
        seen.insert(expected)
      }
    }
    #expect(seen.contains(.training) && seen.contains(.initialization))
    #expect(isRegression || seen.contains(.nothing))
  }
}
