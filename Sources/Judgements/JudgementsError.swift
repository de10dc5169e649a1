import Measures

/// Why results cannot be judged.
public enum JudgementsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One of the sides has no result.
  case nothingToPair
  /// A cell that failed, diverged or was not tested.
  case noScores(String)
  /// Several cells of one name, none of which is just like the other side's.
  case ambiguous(String)
  /// An outcome of a cell has no such place.
  case noSuchPlace(String, place: String, axes: [OutcomeAxis])
  /// The scores of two cells mean different things.
  case differentMetrics(String, String, String, String)
  /// Two cells were run with different versions of their suite; nil where it is not known.
  case differentVersions(String, Int?, String, Int?)
  /// The episode (from 0) at which the test episodes of two cells begin to differ.
  case differentEpisodes(String, String, episode: Int)
  /// A cell that a claim is about has no result, for this reason.
  case noResult(String, reason: String)
  /// Of a cell that a claim is about only some repeats came to a score.
  case survivors(String, done: Int, of: Int, casualties: String)
  /// A cell's result does not hold a diagnostic.
  case noDiagnostic(String, name: String)
  /// What is compared, a cell's score or diagnostic, is infinite or undefined in some episodes.
  case notFinite(String, name: String, episodes: Int, of: Int)
  /// A single test episode tells nothing of the spread.
  case singleEpisode(String)
  /// A single repeat tells nothing of the spread of seconds.
  case singleRepeat(String)
  /// Seconds of two cells were not taken alike.
  case differentMachines(String, String)
  /// A cell has no seconds of training.
  case notTrained(String)
  /// The denominator of a ratio cannot be told from zero.
  case zeroDenominator(String)

  /// A sentence: which cells, what differs, and how to mend it.
  public var description: String {
    switch self {
    case .nothingToPair:
      "there is no result on one of the two sides. Run its cells first."
    case .noScores(let cell):
      "'\(cell)' has no test scores. Run it again: 'metabench run --retry-failed'."
    case .ambiguous(let name):
      "there are several cells '\(name)', and none has the other side's configuration. Name the"
        + " result files."
    case .noSuchPlace(let cell, let place, let axes):
      "'\(cell)' was not tested \(place); there is "
        + axes.map { "\($0.name) \($0.label(0)) to \($0.label($0.places.count - 1))" }
        .joined(separator: ", ") + ". Ask for one of these."
    case .differentMetrics(let first, let metric, let second, let other):
      "\(Self.pair(first, second)) were scored by \(metric) and by \(other). Compare cells of one"
        + " metric."
    case .differentVersions(let first, let version, let second, let other):
      "\(Self.pair(first, second)) are of versions \(Self.text(version)) and \(Self.text(other)) of"
        + " the suite. Run both with the same version."
    case .differentEpisodes(let first, let second, let episode):
      "\(Self.pair(first, second)) were tested on different episodes: their digests differ from"
        + " episode \(episode) on. Test both on the same dataset, split and place of the grid, with the same"
        + " seed."
    case .noResult(let cell, let reason):
      "'\(cell)': \(reason)."
    case .survivors(let cell, let done, let count, let casualties):
      "of '\(cell)' \(done) of \(count) repeats came to a score, \(casualties): what is left is no sample"
        + " of what training gives."
    case .noDiagnostic(let cell, let name):
      "'\(cell)' did not record '\(name)'. Run it again with this program."
    case .notFinite(let cell, let name, let episodes, let count):
      "'\(cell)': '\(name)' is not finite in \(episodes) of \(count) episodes, so it has no mean."
        + " Compare another quantity."
    case .singleEpisode(let cell):
      "'\(cell)' was tested on a single episode, which has no interval. Raise 'test.episodes'."
    case .singleRepeat(let cell):
      "'\(cell)' is a single repeat: its seconds have no interval. Set 'repeat' to 2 or more."
    case .differentMachines(let first, let second):
      "'\(first)' and '\(second)' were trained on other CPUs or numbers of threads, so their"
        + " seconds cannot be compared. Run both alike."
    case .notTrained(let cell):
      "nothing is trained in '\(cell)', so it has no seconds of training."
    case .zeroDenominator(let comparison):
      "the denominator of \(comparison) cannot be told from zero, so there is no ratio."
    }
  }

  private static func pair(_ first: String, _ second: String) -> String {
    first == second ? "the two results of '\(first)'" : "'\(first)' and '\(second)'"
  }

  private static func text(_ version: Int?) -> String { version.map { "\($0)" } ?? "unknown" }
}
