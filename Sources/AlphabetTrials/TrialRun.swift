import Digests
import Episodes
import Kinds
import Measures
import Randomness
import Tensors

/// A learner that is trained on pairs of a dataset's alphabets, and then goes through each test alphabet's runs.
struct TrialRun<Learner: TrialLearner>: OneStepRun, LearnerRun {
  typealias Learned = Learner.Learned

  let learner: Learner
  private let plan: AlphabetTrials
  private let context: RunContext
  private let sources: [Part: any AlphabetSource]

  /// - Throws: What is wrong with the data.
  init(_ learner: Learner, _ plan: AlphabetTrials, in context: RunContext) throws {
    self.learner = learner
    self.plan = plan
    self.context = context
    sources = try context.sources(as: (any AlphabetSource).self)
  }

  // MARK: Training

  func begin() -> Learned { learner.begin(from: context.weights) }

  func train(_ learned: inout Learned, iteration: Int) -> Double {
    let source = sources[.train]!
    let pairs = source.drawings(of: source.pairs(plan.batch, from: context.order.child("pairs", iteration)))
    return learner.train(
      &learned, on: pairs, iteration: iteration, noise: context.noise.child("training", iteration))
  }

  // MARK: Alphabets

  /// The content of one unit. Unit i is alphabet i; after the last alphabet they start again, with other runs.
  private struct Trials {
    var drawn: [AlphabetRun]
    var official: [AlphabetRun]
    var pairs: PairPlaces
  }

  private func trials(_ unit: Int, of part: Part) -> Trials {
    let source = sources[part]!
    let alphabet = unit % source.alphabets.count
    let stream = context.unit(unit, part)
    return Trials(
      drawn: (0..<plan.runs).map { source.run(of: alphabet, way: plan.way, from: stream.child("run", $0)) },
      // There are none to validate on, and validation looks at the score only.
      official: part == .test && plan.trials == .official
        ? plan.values.split.officialRuns.filter { $0.alphabet == alphabet } : [],
      pairs: part == .test
        ? source.pairs(plan.pairs, of: alphabet, from: stream.child("pairs")) : PairPlaces())
  }

  func digest(ofUnit unit: Int, of part: Part) -> UInt64 {
    let (source, trials) = (sources[part]!, trials(unit, of: part))
    var digest = Digest()
    func absorb(_ places: [DrawingPlace]) {
      digest.absorb(places.count)
      guard !places.isEmpty else { return }
      source.drawings(at: places).withElements { digest.absorb(bytes: UnsafeRawBufferPointer($0)) }
    }
    for run in trials.drawn + trials.official { absorb(run.support + run.queries) }
    absorb(trials.pairs.first + trials.pairs.second)
    return digest.prefix64
  }

  func outcome(ofUnit unit: Int, of part: Part, with learned: Learned) -> UnitOutcome {
    let (source, trials) = (sources[part]!, trials(unit, of: part))
    func mean(_ runs: [AlphabetRun]) -> Double {
      runs.reduce(0) { $0 + accuracy(in: $1, source, learned) } / Double(runs.count)
    }
    let drawn = mean(trials.drawn)
    guard part == .test else {
      return UnitOutcome(digest: 0, rows: [OutcomeArray(.accuracy, values: [drawn])])
    }
    var rows =
      plan.trials == .official
      ? [
        OutcomeArray(.accuracy, values: [mean(trials.official)]),
        OutcomeArray(AlphabetTrials.Outcomes.drawn, values: [drawn]),
      ]
      : [OutcomeArray(.accuracy, values: [drawn])]
    if learner.verifies {
      let share = verification(source.drawings(of: trials.pairs), learned)
      rows.append(OutcomeArray(AlphabetTrials.Outcomes.verification, values: [share]))
    }
    return UnitOutcome(digest: digest(ofUnit: unit, of: part), rows: rows)
  }

  /// The share of queries that are most like the same character's support image (the first of equals counts);
  /// not a number where a likeness is none.
  private func accuracy(in run: AlphabetRun, _ source: any AlphabetSource, _ learned: Learned) -> Double {
    let way = run.characters.count
    let features = learner.features(of: source.drawings(at: run.support + run.queries), by: learned)
    let (support, queries) = (features.slice(0, 0..<way), features.slice(0, way..<2 * way))
    let likeness = learner.likeness(
      queries.repeatingEachRow(way), support.repeatingAllRows(way), by: learned)
    return Targets.classes(Array(0..<way), of: way).score(Tensor([way, way], likeness))
  }

  /// The share of pairs that are rightly called the same or different.
  private func verification(_ pairs: DrawingPairs, _ learned: Learned) -> Double {
    let likeness = learner.likeness(
      learner.features(of: pairs.first, by: learned), learner.features(of: pairs.second, by: learned),
      by: learned)
    guard !likeness.contains(where: \.isNaN) else { return .nan }
    return Double(zip(likeness, pairs.same).count { ($0 > 0) == $1 }) / Double(pairs.count)
  }
}
