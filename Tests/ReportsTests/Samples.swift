import Episodes
import FewShot
import FewShotCells
import Foundation
import Kinds
import Results
import Suites

extension Catalog {
  static let sample = Catalog(
    algorithms: [
      .init(
        name: "maml",
        classification: [
          SettingDescription("network", .text("conv"), choices: ["conv", "no-conv"], "The net."),
          SettingDescription("filters", .integer(64), "Of each convolution."),
          SettingDescription("metaRate", .number(0.001), "The outer step size."),
          SettingDescription("testSteps", .integer(3), "Inner steps at test."),
          SettingDescription("innerRate", .number(0.4), isLater: true, "The inner step size."),
          SettingDescription("innerSteps", .integer(1), isLater: true, "Inner steps."),
        ],
        regression: [SettingDescription("testSteps", .integer(10), "Inner steps at test.")]),
      .init(
        name: "fine-tuning",
        classification: [
          SettingDescription("testSteps", .integer(3), "Steps at test."),
          SettingDescription("layers", .text("all"), isLater: true, "What is tuned."),
        ],
        regression: [SettingDescription("testSteps", .integer(10), "Steps at test.")],
        trainsOn: .examples),
      .init(
        name: "protonet",
        classification: [
          SettingDescription("filters", .integer(64), "Of each convolution."),
          SettingDescription("trainWay", .integer(60), "Classes of a training episode."),
          SettingDescription("trainQuery", .integer(5), "Queries of a training episode."),
          SettingDescription("halveEvery", .integer(2000), isLater: true, "Episodes per rate."),
          SettingDescription("distance", .text("euclidean"), isLater: true, "Of embeddings."),
          SettingDescription("distanceScale", .number(1), isLater: true, "Its factor."),
        ], regression: nil, trainsOn: .episode),
      .init(
        name: "nearest-neighbor",
        classification: [
          SettingDescription(
            "features", .text("pixels"), choices: ["pixels", "pretrained"], "What is compared.")
        ], regression: nil, trainsOn: .examples,
        variesBy: { $0["features"] == .text("pixels") ? .initialization : .training },
        isTrained: { $0["features"] != .text("pixels") }),
    ],
    datasets: [
      .init(
        name: "omniglot", isRegression: false,
        splits: [
          .init(
            name: "vinyals", trainClasses: 4112, validationClasses: 688, testClasses: 1692,
            examplesPerClass: 20, digest: "9f2c41aa07de55b1"),
          .init(
            name: "other", trainClasses: 4112, validationClasses: 688, testClasses: 1692,
            examplesPerClass: 20, digest: "11aa22bb33cc44dd"),
        ]),
      .init(
        name: "sinusoid", isRegression: true,
        splits: [
          .init(
            name: "standard", trainClasses: 0, validationClasses: 0, testClasses: 0,
            examplesPerClass: Int.max, digest: "0b7d93c2e14f8a66")
        ]),
    ])
}

/// A suite with everything a report can have.
let sampleYAML = """
  suite: sample
  title: A sample of everything
  version: 1
  seed: 2017
  grid:
    - algorithm:
        [maml, { name: maml, network: no-conv }, protonet,
         { name: nearest-neighbor, features: [pixels, pretrained] }, fine-tuning]
      dataset: omniglot
      way: 5
      shot: [1, 5]
      repeat: 3
    - { algorithm: [maml, fine-tuning], dataset: sinusoid, shot: [5, 10] }
  protocol:
    train: { iterations: 2000, metaBatch: 32, query: 1, validateEvery: 50, validationEpisodes: 100 }
    test: { episodes: 600, query: 15 }
  report:
    tables:
      - { title: Omniglot, rows: algorithm, columns: [way, shot], where: { dataset: omniglot } }
      - { title: Sine, rows: algorithm, columns: [shot], steps: [0, 1, 5, 10],
          where: { dataset: sinusoid } }
    curves:
      - { y: validation/accuracy, x: iteration, by: algorithm, polynomial: 10 }
      - { y: test/loss, x: steps, by: algorithm }
  """

func sampleSuite(_ yaml: String = sampleYAML) throws -> Suite {
  try Suite(yaml: yaml, file: "sample.yaml", catalog: .sample)
}

/// Numbers that look random and are the same every time.
struct Noise {
  private var state: UInt64

  init(_ seed: String) {
    state = seed.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// In -1...1, the mean of four uniform numbers.
  mutating func next() -> Double {
    var sum = 0.0
    for _ in 0..<4 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      sum += Double(state >> 40) / Double(1 << 24)
    }
    return sum / 2 - 1
  }
}

/// Results that such cells might have.
func record(
  of cell: Cell, in suite: String = "sample", status: CellRecord.Status = .done
) -> CellRecord {
  var noise = Noise(cell.id)
  let adapts = cell.algorithm == "maml" || cell.algorithm == "fine-tuning"
  let steps = adapts ? (cell.isRegression ? 10 : 3) : 0
  let final =
    switch (cell.label, cell.isRegression) {
    case ("maml", true): 0.25
    case (_, true): 1.9
    case ("maml", _): cell.shot == 1 ? 0.93 : 0.975
    case ("maml (no-conv)", _): cell.shot == 1 ? 0.84 : 0.93
    case ("protonet", _): cell.shot == 1 ? 0.975 : 0.992
    case ("nearest-neighbor", _): cell.shot == 1 ? 0.42 : 0.62
    default: cell.shot == 1 ? 0.8 : 0.93
    }
  let start = cell.isRegression ? 4.3 : 0.2
  let runOffset = noise.next() * 0.01
  var scores: [Double] = []
  for _ in 0..<cell.episodes {
    let episode = noise.next() * (cell.isRegression ? 0.4 : 0.12)
    for step in 0...steps {
      let progress = steps == 0 ? 1 : 1 - exp(-Double(step) * 2.2)
      let score = start + (final + runOffset + episode - start) * progress
      scores.append(
        cell.isRegression ? max(0.01, score) : (min(1, max(0, score)) * 75).rounded() / 75)
    }
  }
  let iterations = stride(
    from: cell.validateEvery, through: cell.iterations,
    by: max(1, cell.validateEvery))
  let learns = cell.label != "nearest-neighbor" && cell.validateEvery > 0
  let validation = (learns ? Array(iterations) : []).map { iteration in
    let progress = 1 - exp(-Double(iteration) / 350)
    let mean = start + (final - 0.01 - start) * (0.5 + progress / 2) + noise.next() * 0.02
    return ValidationRecord(
      iteration: iteration, scores: (0..<100).map { _ in mean + noise.next() * 0.1 })
  }
  return CellRecord(
    suite: suite, cell: cell.id, algorithm: cell.algorithm, dataset: cell.dataset,
    split: cell.split, way: cell.way, shot: cell.shot, query: cell.query,
    repetition: cell.repetition, metric: cell.metric.name, configuration: cell.configuration,
    provenance: Provenance(
      version: "0.1", commit: "0123456789abcdef", swift: "Clang 21.1.6", system: "Linux",
      cpu: "AMD EPYC 9R45", cpuFlags: ["avx512f"], threads: 2, kernels: "SkylakeX", data: [:]
    ).json,
    status: status,
    test: status == .done
      ? TestOutcomes(
        scores: scores, steps: steps, digests: (0..<cell.episodes).map(UInt64.init)) : .empty,
    training: [TrainingRecord(iteration: 2000, loss: 0.5, seconds: 61.25)],
    validation: status == .done ? validation : [])
}

/// A folder that is there while `body` runs.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("metabench-reports-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

func text(_ folder: URL, _ path: String) throws -> String {
  try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
}
