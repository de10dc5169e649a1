import FewShotCells
import Randomness
import Results

/// A result with the given scores, `[episodes, steps + 1]`.
func record(
  _ cell: String, _ scores: [Double], steps: Int = 0, digests: [UInt64]? = nil,
  metric: String = "accuracy", version: Int = 1, repetition: Int = 0,
  status: CellRecord.Status = .done, seconds: [Double] = [1], settings: String = "",
  loss: Double = 1, peakMemory: Int? = nil, cpu: String = "A"
) -> CellRecord {
  let episodes = scores.count / (steps + 1)
  return CellRecord(
    suite: "sample", cell: cell, algorithm: "maml", dataset: "omniglot", split: "vinyals",
    way: 5, shot: 1, query: 15, repetition: repetition, metric: metric,
    configuration: #"{"repeat":\#(repetition),"settings":{\#(settings)},"version":\#(version)}"#,
    provenance: cpu == "A" ? provenanceOfA : provenance(cpu),
    status: status,
    test: TestOutcomes(
      scores: scores, steps: steps, digests: digests ?? (0..<episodes).map(UInt64.init)),
    training: seconds.enumerated().map {
      TrainingRecord(iteration: $0 + 1, loss: loss, seconds: $1)
    }, peakMemory: peakMemory)
}

private let provenanceOfA = provenance("A")

private func provenance(_ cpu: String) -> String {
  Provenance(
    version: "", commit: "", swift: "", system: "", cpu: cpu, cpuFlags: [], threads: 2, kernels: "",
    data: [:]
  ).json
}

extension [CellRecord] {
  /// The same numbers, found by a second run: it took another time.
  var madeAgain: [CellRecord] {
    map { old in
      var new = old
      new.training = old.training.map {
        TrainingRecord(iteration: $0.iteration, loss: $0.loss, seconds: $0.seconds * 1.01)
      }
      return new
    }
  }
}

/// Results of one cell: the mean score, how far repeats and episodes spread, and by which numbers.
struct SampleCell {
  var name = "maml-omniglot-5way-1shot"
  var mean = 0.9
  /// Standard deviations of an episode's difficulty, of a training, and of what is left.
  var episodeSpread = 0.05
  var trainingSpread = 0.0
  var rest = 0.03
  var repeats = 3
  var episodes = 600

  /// - Parameters:
  ///   - tasks: What the episodes are: equal numbers, equal difficulties.
  ///   - training: What the trainings are.
  func records(tasks: Int = 0, training: Int) -> [CellRecord] {
    let root = RandomStream(seed: 17)
    var difficulty = root.child("tasks/\(name)", tasks).generator()
    let difficulties = (0..<episodes).map { _ in episodeSpread * difficulty.normal() }
    return (0..<repeats).map { repetition in
      var generator = root.child("training/\(name)", training).child("repeat", repetition)
        .generator()
      let mean = mean + trainingSpread * generator.normal()
      return record(
        "\(name)-r\(repetition)-0123abcd",
        difficulties.map { mean + $0 + rest * generator.normal() }, repetition: repetition,
        loss: Double(training))
    }
  }
}
