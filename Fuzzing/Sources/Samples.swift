import Episodes
import Foundation
import Measures
import Results
import Storage

/// Valid files with something in every part.
enum Samples {
  static let kind = "images"

  /// A cell of the first kind, and one of others.
  static let records: [CellRecord] = [FirstKind.name, "sequences"].map { kind in
    let metric = Metric.accuracy
    var record = CellRecord(
      suite: "suite", cell: "maml-omniglot-5way-1shot-r0-3f9a2c1e", kind: kind, algorithm: "maml", dataset: "omniglot",
      split: "vinyals", task: "omniglot-5way-1shot",
      coordinates: Coordinates([
        .init("way", .integer(5)), .init("shot", .integer(1)), .init("query", .integer(15)), .init("rate", .number(0.5)),
      ]), repetition: 0, metric: metric, configuration: "{}", provenance: "{}", status: .done,
      test: TestOutcomes(
        [
          OutcomeArray(metric, axes: [OutcomeAxis(OutcomeAxis.steps, 0...1)], values: [0.5, 1, 0, 0.25]),
          OutcomeArray(.recorded("margin"), axes: [OutcomeAxis(OutcomeAxis.steps, 0...1)], values: [3, 1, 0, 2]),
        ], digests: [1, 2]),
      tuning: TuningRecord(trials: [trial], chosen: 0),
      training: [TrainingRecord(iteration: 10, loss: 0.5, seconds: 2)],
      validation: [ValidationRecord(iteration: 10, scores: [0.5, 1])],
      parameters: [NamedArray(name: "weights", shape: [2], values: [1, 2])], iterations: 10, testSeconds: 1,
      peakMemory: 1)
    record.pictures = [
      PictureSheet(
        name: "sheet", title: "title", caption: "caption", rows: 1, columns: 1, height: 1, width: 2, channels: 1,
        pixels: [0, 255])
    ]
    record.curves = [
      CurveSheet(
        name: "curve", title: "title", caption: "caption", columns: 1,
        panels: [
          .init(
            heading: "one", told: [.init(x: 0, y: 1)], truth: [.init(x: 0, y: 1), .init(x: 1, y: 1)], x: [0, 1],
            mean: [1, 1], deviation: [0, 1])
        ])
    ]
    return record
  }

  private static let trial = TuningRecord.Trial(
    values: Coordinates([.init("rate", .number(0.5)), .init("steps", .integer(3))]), scores: [0.5, 1], iterations: 3,
    seconds: 1)

  static let checkpoint = Checkpoint(
    cell: "maml-omniglot-5way-1shot-r0-3f9a2c1e", configurationDigest: "digest", trials: [trial], iteration: 5,
    learned: archive, lossSum: 1, seconds: 2, training: records[0].training, validation: records[0].validation,
    test: records[0].test, testUnits: [0, 3], units: [4: .init(steps: 2, state: archive)])

  private static let archive = Archive(
    arrays: [NamedArray(name: "weights", shape: [2], values: [1, 2])], integers: ["step": 3], numbers: ["rows": [1, 2]])

  static func writeImages(to url: URL) throws {
    let classes = [(name: "one", count: 1), (name: "two", count: 2)]
    _ = try ClassImageFile.write(to: url, kind: kind, height: 2, width: 1, classes: classes) { store in
      for place in 0..<3 { try store([UInt8](repeating: UInt8(place), count: 6), place) }
    }
  }
}
