import Networks
import Randomness
import Tensors

/// The neural statistician's networks: a variational autoencoder of sets, whose context c is what the members of
/// a set share (Edwards and Storkey 2017, section 3).
///
///     e(x) ← encoder                                    two layers
///     q(c | D) ← statistic(mean over D of e(x))         the mean makes it the same for any order (section 3.1.1)
///     p(z | c), q(z | x, c), p(x | z, c)                 each with a hidden layer; c ~ N(0, I); x is binary
///
/// Without context it is a plain variational autoencoder of single images, whose z is as long as c and z together.
package struct SetModel: Parametrized {
  /// Pixels.
  package let inputs: Int
  /// Units of each hidden layer.
  package let hidden: Int
  /// Length of c; 0 for none.
  package let context: Int
  /// Length of z.
  package let latent: Int

  package init(inputs: Int, hidden: Int, context: Int, latent: Int) {
    self.inputs = inputs
    self.hidden = hidden
    self.context = context
    self.latent = latent
  }

  // MARK: Layers

  private enum Layer: Int, CaseIterable {
    case encoder0, encoder1, statistic0, statistic, prior0, prior, posterior0, posterior, decoder0, decoder1, decoder
  }

  private func layer(_ layer: Layer) -> LinearLayer? {
    func linear(_ from: Int, _ to: Int) -> LinearLayer { LinearLayer(inputs: from, outputs: to) }
    switch layer {
    case .encoder0: return linear(inputs, hidden)
    case .encoder1, .decoder1: return linear(hidden, hidden)
    case .statistic0: return context > 0 ? linear(hidden, hidden) : nil
    case .statistic: return context > 0 ? linear(hidden, 2 * context) : nil
    case .prior0: return context > 0 ? linear(context, hidden) : nil
    case .prior: return context > 0 ? linear(hidden, 2 * latent) : nil
    case .posterior0: return linear(hidden + context, hidden)
    case .posterior: return linear(hidden, 2 * latent)
    case .decoder0: return linear(latent + context, hidden)
    case .decoder: return linear(hidden, inputs)
    }
  }

  private var layers: [(name: String, layer: LinearLayer)] {
    Layer.allCases.compactMap { name in layer(name).map { ("\(name)", $0) } }
  }

  package var parameters: [ParameterDescription] {
    layers.flatMap { name, layer in
      layer.parameters.map {
        ParameterDescription(name: "\(name)/\($0.name.split(separator: "/").last!)", shape: $0.shape)
      }
    }
  }

  package var normalizedWidths: [Int] { [] }

  /// Weights uniform after Glorot, biases 0.
  package func initialParameters(from random: RandomStream) -> [Tensor] {
    layers.flatMap { name, layer in layer.initialParameters(from: random.child(name)) }
  }

  private func apply(_ name: Layer, _ θ: [Tensor], _ x: Tensor, relu: Bool = true) -> Tensor {
    let place = 2 * Layer.allCases.prefix(name.rawValue).count { layer($0) != nil }
    return x.affine(θ[place], θ[place + 1], relu: relu)
  }

  // MARK: Distributions

  /// p(z | c) of sets, a row each.
  package func prior(_ θ: [Tensor], in c: Tensor) -> DiagonalGaussian {
    DiagonalGaussian(apply(.prior, θ, apply(.prior0, θ, c), relu: false))
  }

  /// Logits of the pixels of images with some z and c, a row each.
  package func decoded(_ θ: [Tensor], _ z: Tensor, in c: Tensor?) -> Tensor {
    apply(.decoder, θ, apply(.decoder1, θ, apply(.decoder0, θ, z.joined(c))), relu: false)
  }

  /// e(x) of every image: `[images, hidden]`.
  package func encoded(_ θ: [Tensor], _ x: Tensor) -> Tensor { apply(.encoder1, θ, apply(.encoder0, θ, x)) }

  /// q(c | D) of sets, of each of which the mean of its encoded images is given: `[sets, hidden]`.
  package func contexts(_ θ: [Tensor], of pooled: Tensor) -> DiagonalGaussian {
    DiagonalGaussian(apply(.statistic, θ, apply(.statistic0, θ, pooled), relu: false))
  }

  /// q(z | x, c) of every image: c has a row for each, and no columns without context.
  package func latents(_ θ: [Tensor], of encoded: Tensor, in c: Tensor?) -> DiagonalGaussian {
    DiagonalGaussian(apply(.posterior, θ, apply(.posterior0, θ, encoded.joined(c)), relu: false))
  }

  /// The bound of each part of the evidence of equally large sets, in nats.
  package struct Bound {
    /// The sum over all images of log p(x | z, c).
    package let reconstruction: Tensor
    /// The sum over all images of KL(q(z | x, c) ‖ p(z | c)).
    package let latent: Tensor
    /// The sum over all sets of KL(q(c | D) ‖ p(c)); 0 without context.
    package let context: Tensor

    /// Their log-evidence is at least this (equation 4).
    package var evidence: Tensor { reconstruction - latent - context }
  }

  /// - Parameters:
  ///   - x: Images of one set after the other, `[sets · size, inputs]`, of zeros and ones.
  ///   - shares: How much of its set's mean each encoded image is, `[sets, sets · size]`.
  ///   - noise: What c and z are sampled with: `[sets, context]` and `[sets · size, latent]`.
  package func bound(
    _ θ: [Tensor], of x: Tensor, shares: Tensor, noise: (context: Tensor, latent: Tensor)
  ) -> Bound {
    let (sets, images) = (shares.shape[0], x.shape[0])
    let e = encoded(θ, x)
    var c: Tensor?
    var contextDivergence = Tensor(0)
    var prior = DiagonalGaussian.standard([images, latent])
    if context > 0 {
      let q = contexts(θ, of: shares.product(e))
      contextDivergence = q.divergence(from: .standard([sets, context])).sum()
      let own = q.sample(noise.context)
      let size = images / sets
      prior = self.prior(θ, in: own).repeated(size, together: true)
      c = own.repeatingEachRow(size)
    }
    let q = latents(θ, of: e, in: c)
    let logits = decoded(θ, q.sample(noise.latent), in: c)
    return Bound(
      reconstruction: logLikelihood(x, logits).sum(), latent: q.divergence(from: prior).sum(),
      context: contextDivergence)
  }

  /// x l − log(1 + exp l), written so that nothing overflows.
  private func logLikelihood(_ x: Tensor, _ l: Tensor) -> Tensor {
    let positive = l.relu()
    let size = positive + (-l).relu()
    return x * l - positive - ((-size).exp() + 1).log()
  }
}

extension Tensor {
  /// Rows with those of a context behind them, where there is one.
  fileprivate func joined(_ context: Tensor?) -> Tensor {
    context.map { .concatenated([self, $0], along: 1) } ?? self
  }
}
