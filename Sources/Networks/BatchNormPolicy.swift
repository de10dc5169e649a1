/// Which images' statistics normalize the query set. The support set uses its own, unless averages are for both.
public enum BatchNormPolicy: String, Sendable, CaseIterable {
  /// The query set's own: transductive, as in MAML's code.
  case queryBatch = "query-batch"
  /// The support set's: a query is labelled without looking at the others.
  case supportOnly = "support-only"
  /// Averages kept while training, for both sets.
  case running
}
