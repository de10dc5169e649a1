import Networks
import Randomness
import Tensors

/// Embeddings that see the whole support set: full context embeddings (Vinyals et al. 2016, section 2.1.2 and
/// appendix A).
///
///     g(xᵢ, S) = →hᵢ + ←hᵢ + g'(xᵢ)       two LSTMs over the support, forwards and backwards
///     f(q, S): h ← 0; `reads` times:       an LSTM that reads the support
///       r ← Σ g(xᵢ, S) softmax(h · g(xᵢ, S))
///       h, c ← LSTM((f'(q), r), h, c);  h ← h + f'(q)
struct ContextEmbedding {
  let forwards: LSTM
  let backwards: LSTM
  let reader: LSTM
  let reads: Int

  /// For embeddings of `features` numbers.
  init(features: Int, reads: Int) {
    forwards = LSTM(inputs: features, hidden: features)
    backwards = LSTM(inputs: features, hidden: features)
    reader = LSTM(inputs: 2 * features, hidden: features)
    self.reads = reads
  }

  /// The support's embeddings in each other's company, in their own order: `[examples, features]`.
  ///
  /// - Parameters:
  ///   - z: Those of each alone.
  ///   - order: In which they are gone through.
  func support(_ z: Tensor, in order: [Int], _ w: (forwards: [Tensor], backwards: [Tensor])) -> Tensor {
    let count = order.count
    let sorting = Tensor.oneHot(order, classes: count)
    let sorted = sorting.product(z)
    func passed(_ layer: LSTM, _ w: [Tensor], _ steps: some Sequence<Int>) -> [Int: Tensor] {
      let all = layer.projected(sorted, with: w)
      var state = layer.initialState(rows: 1)
      var outputs: [Int: Tensor] = [:]
      for step in steps {
        state = layer.stepped(state, seeing: all.slice(0, step..<step + 1), with: w)
        outputs[step] = state.output
      }
      return outputs
    }
    let (there, back) = (
      passed(forwards, w.forwards, 0..<count), passed(backwards, w.backwards, (0..<count).reversed())
    )
    let context = Tensor.concatenated((0..<count).map { there[$0]! + back[$0]! }, along: 0)
    return z + sorting.product(context, transposing: true)
  }

  /// The embeddings of queries, each after it has read the support: `[queries, features]`.
  func query(_ z: Tensor, reading support: Tensor, _ w: [Tensor]) -> Tensor {
    var state = reader.initialState(rows: z.shape[0])
    for _ in 0..<reads {
      let attention = state.output.product(support, transposingOther: true).softmax()
      let seen = Tensor.concatenated([z, attention.product(support)], along: 1)
      state = reader.stepped(state, seeing: reader.projected(seen, with: w), with: w)
      state.output = state.output + z
    }
    return state.output
  }
}
