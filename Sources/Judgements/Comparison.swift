import Measures
import Results
import Statistics

/// How two cells compare on the test episodes that both were tested on.
public struct Comparison: Sendable, Equatable, Encodable {
  /// The cell that both are, as in `maml-omniglot-5way-1shot`, or what both were tested on, as in
  /// `omniglot-5way-1shot`.
  public let name: String
  /// The named split of the dataset.
  public let split: String
  /// What was compared, as accuracy or loss.
  public let metric: Metric
  /// The number of test episodes compared.
  public let episodes: Int
  /// The repeats of each side; scores are averaged over them, episode by episode.
  public let leftRepeats, rightRepeats: Int
  /// How many repeats of a side came to a score and what became of the others, as in `1 of 8; 7
  /// diverged`; nil if all did.
  public let leftStanding, rightStanding: String?
  /// Whether both sides are what one run wrote, or copies of it: then there is nothing to compare.
  public let isSameResult: Bool
  /// The mean scores.
  public let left, right: Double
  /// The mean of left minus right.
  public let difference: Double
  /// Half the width of the interval around `difference`: for other episodes and, where `coversRepeats`, other repeats.
  public let halfWidth: Double
  /// Half the width of the interval for other episodes alone (Student's paired t).
  public let halfWidthOverEpisodes: Double
  /// Whether `halfWidth` and `p` count in what other repeats could give: where repeats differ, and there are several.
  public let coversRepeats: Bool
  /// What makes repeats differ, as in `training`; nil if nothing does.
  public let variesBy: String?
  /// How often such intervals hold the true difference.
  public let confidence: Double
  /// The two-sided p of "there is no difference", by the same estimate as `halfWidth`.
  public let p: Double
  /// `p` corrected by Holm for the number of comparisons.
  public internal(set) var holmP: Double
  /// The two-sided p of Wilcoxon's signed-rank test.
  public let wilcoxonP: Double
  /// `wilcoxonP` corrected by Holm.
  public internal(set) var holmWilcoxonP: Double
  /// Cohen's d_z: the mean difference in standard deviations of the differences.
  public let effectSize: Double
  /// The correlation of both scores over the episodes.
  public let correlation: Double
  /// The variance of the differences over the sum of both variances: below 1 where pairing helped.
  public let varianceRatio: Double

  /// Compares two families; nil if there are not two episodes to compare.
  ///
  /// - Throws: ``JudgementsError`` where they were not measured alike.
  init?(
    _ first: ResultFamily, _ second: ResultFamily, called name: String, confidence: Double
  ) throws {
    let pairing = try Pairing(first.done, second.done)
    guard
      let paired = PairedDifference(pairing.first, pairing.second, confidence: confidence),
      let measured = CellDifference(pairing, of: (Replicates(first.done), Replicates(second.done))),
      // Equal steps of accuracy are equal, whatever the last bits of their differences.
      let wilcoxon = WilcoxonSignedRank(
        differences: zip(pairing.first, pairing.second).map { $0 - $1 },
        resolution: first.done[0].metric.isShare ? 1e-9 : 0)
    else { return nil }
    self.name = name
    split = first.split
    metric = first.done[0].metric
    episodes = pairing.count
    leftRepeats = first.done.count
    rightRepeats = second.done.count
    leftStanding = first.standing
    rightStanding = second.standing
    isSameResult = first.done.count == second.done.count
      && zip(first.done, second.done).allSatisfy { $0.isSameRun(as: $1) }
    left = Summary(of: pairing.first)!.mean
    right = Summary(of: pairing.second)!.mean
    difference = measured.mean
    halfWidth = measured.estimate.halfWidth(confidence: confidence)
    halfWidthOverEpisodes = measured.overEpisodes.halfWidth(confidence: confidence)
    coversRepeats = measured.combined != nil
    variesBy = measured.variesBy?.rawValue
    self.confidence = confidence
    p = measured.estimate.p
    holmP = p
    wilcoxonP = wilcoxon.p
    holmWilcoxonP = wilcoxonP
    effectSize = paired.effectSize
    correlation = paired.correlation
    varianceRatio = paired.varianceRatio
  }
}
