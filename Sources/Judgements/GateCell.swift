import Measures

/// What a gate found of one cell, all repeats together.
public struct GateCell: Sendable, Equatable, Encodable {
  /// What was measured besides scores: the candidate's median over the baseline's.
  public struct Resource: Sendable, Equatable, Encodable {
    /// `training seconds` or `peak memory`.
    public let name: String
    /// The median over the baseline's repeats, in seconds or bytes.
    public let baseline: Double
    /// The median over the candidate's repeats.
    public let candidate: Double
    /// `candidate` over `baseline`.
    public let ratio: Double
    /// What `ratio` may be at most.
    public let limit: Double
  }

  /// As in `maml-omniglot-5way-1shot`.
  public let name: String
  /// What was decided.
  public let verdict: GateVerdict
  /// Why, in a sentence or several.
  public let reason: String
  /// What is judged, as accuracy or loss.
  public let metric: Metric
  /// The number of test episodes compared; 0 where nothing was.
  public let episodes: Int
  /// Repeats of the baseline and of the candidate that were compared.
  public let baselineRepeats, candidateRepeats: Int
  /// Mean scores; nil where there are none.
  public let baseline, candidate: Double?
  /// How much better the candidate is: below zero where it is worse. Of losses the sign is turned.
  public let gain: Double?
  /// Half the width of the two-sided interval around `gain`, of this cell alone.
  public let halfWidth: Double?
  /// Holm's adjusted p of "it is no worse"; small where it got worse.
  public let pWorse: Double?
  /// Holm's adjusted p of "it is worse by the margin or more"; small where that is ruled out.
  public let pBeyondMargin: Double?
  /// What would decide an inconclusive cell; nil for the others.
  public let needed: GateNeed?
  /// Training seconds and peak memory, if asked for.
  public let resources: [Resource]
  /// What is otherwise in the candidate's configuration, as in `settings.innerRate 0.4 → 0.1`.
  public let changes: [String]
}
