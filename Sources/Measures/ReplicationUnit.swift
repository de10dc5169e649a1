/// What is drawn anew and therefore counted: a test episode, a sequence, an order of tasks.
public struct ReplicationUnit: Hashable, Sendable {
  /// For example `episode`.
  public let singular: String
  /// For example `episodes`.
  public let plural: String

  /// A unit with its two names.
  public init(_ singular: String, plural: String) {
    self.singular = singular
    self.plural = plural
  }

  /// `a`, or `an` before a vowel.
  public var article: String { singular.first.map { "aeiou".contains($0) } ?? false ? "an" : "a" }

  /// What few-shot learning counts.
  public static let episode = ReplicationUnit("episode", plural: "episodes")

  /// Sentences of reports speak of episodes: the same sentence, said of these units.
  public func said(_ sentence: String) -> String {
    guard self != .episode else { return sentence }
    let words = [
      ("an episode", "\(article) \(singular)"), ("An episode", "\(article.capitalizedFirst) \(singular)"),
      ("episodes", plural), ("Episodes", plural.capitalizedFirst), ("episode", singular),
      ("Episode", singular.capitalizedFirst),
    ]
    return words.reduce(sentence) { $0.replacing($1.0, with: $1.1) }
  }
}
