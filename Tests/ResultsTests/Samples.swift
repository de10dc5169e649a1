import FewShotCells
import Measures
import Results

extension CellRecord {
  /// A record with something in every part; numbers follow from `number` alone.
  static func sample(
    _ number: Int = 0, episodes: Int = 4, status: Status = .done, parameters: [NamedArray] = []
  ) -> CellRecord {
    CellRecord(
      suite: "omniglot-5way", cell: "maml-omniglot-5way-1shot-r\(number)-3f9a2c1e",
      algorithm: "maml", dataset: "omniglot", split: "vinyals", way: 5, shot: 1, query: 15,
      repetition: number, metric: "accuracy", configuration: #"{"innerRate":0.4}"#,
      provenance: #"{"cpu":"one"}"#, status: status,
      test: TestOutcomes(
        scores: (0..<episodes * 4).map { Double(($0 * 7 + number) % 76) / 75 }, steps: 3,
        digests: (0..<episodes).map { UInt64($0) &* 0x9e37_79b9_7f4a_7c15 }),
      training: [
        TrainingRecord(iteration: 0, loss: 1.6, seconds: 0.5),
        TrainingRecord(iteration: 10, loss: 0.75, seconds: 5.25),
      ],
      validation: [
        ValidationRecord(iteration: 0, scores: [0.2, 0.25, 0]),
        ValidationRecord(iteration: 10, scores: [0.5, 1, 0.75]),
      ], parameters: parameters)
  }
}

extension [NamedArray] {
  static let sample = [
    NamedArray(name: "block2/filter", shape: [2, 1, 1], values: [0.5, -0.25]),
    NamedArray(name: "block1/filter", shape: [], values: [3]),
    NamedArray(name: "weights", shape: [0, 2], values: []),
  ]
}
