/// Which images' statistics normalize the query set; the support set always uses its own.
public enum BatchNormPolicy: String, Sendable, CaseIterable {
  /// The query set's own: transductive, as in MAML's code.
  case queryBatch = "query-batch"
  /// The support set's: a query is labelled without looking at the others.
  case supportOnly = "support-only"
  /// Averages kept while training, for both sets.
  case running
}
