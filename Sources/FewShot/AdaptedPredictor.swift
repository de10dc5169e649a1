import Tensors

/// An adapted network behind its fixed features, with what else is known of how it was adapted.
struct AdaptedPredictor: Predictor {
  let adapted: AdaptedNetwork
  /// Nil where the adapted network sees the inputs themselves.
  var embedding: Embedding?
  /// Besides how well it does on the support set; sees the inputs of queries.
  let more: @Sendable (_ queries: Tensor) -> [Diagnostic]

  func predictions(for inputs: Tensor) -> [Tensor] {
    adapted.predictions(for: embedding?.query(inputs) ?? inputs)
  }

  func diagnostics(on queries: Tensor) -> [Diagnostic] {
    adapted.diagnostics(on: queries) + more(queries)
  }
}
