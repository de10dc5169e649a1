import Networks
import Randomness
import Tensors

/// The networks of a neural process: an encoder of points, and a decoder of places.
///
///     r ← W · mean over the context of h(x, y) + b       h: three layers with ReLU
///     μ, s ← g(x*, r)                                    g: two hidden layers with ReLU
///     σ ← 0.1 + 0.9 log(1 + eˢ)
///
/// The encoder's last layer is linear and therefore applied once, to the mean, which is the same function as
/// the mean over four layers (Garnelo et al. 2018, section 2.3, and the authors' notebook: four layers of 128
/// units, two hidden layers of 128). For the same reason what r adds to the decoder's first layer is computed
/// once for all places.
package struct ProcessNetworks: Parametrized {
  /// h, without its last layer.
  let encoder: MLP
  /// The last layer of h, after the mean.
  package let representation: LinearLayer
  /// The first layer of g: its rows for the place come first, then those for r.
  let entrance: LinearLayer
  /// The others.
  let exit: MLP
  private let group: NetworkGroup

  /// The least predicted deviation.
  package static let floor: Float = 0.1

  package init(coordinates: Int, outputs: Int, width: Int) {
    encoder = MLP(
      widths: [coordinates + outputs, width, width, width], isEmbedding: true, initialDeviation: nil)
    representation = LinearLayer(inputs: width, outputs: width)
    entrance = LinearLayer(inputs: coordinates + width, outputs: width)
    exit = MLP(widths: [width, width, 2 * outputs], initialDeviation: nil)
    group = NetworkGroup([
      "encoder": encoder, "representation": representation, "entrance": entrance, "exit": exit,
    ])
  }

  package var parameters: [ParameterDescription] { group.parameters }
  package var normalizedWidths: [Int] { [] }
  package func initialParameters(from random: RandomStream) -> [Tensor] { group.initialParameters(from: random) }

  /// Every point of every function on its own.
  ///
  /// - Parameter sets: Points of one function or of several.
  /// - Returns: A row for each point, in their order: `[points, width]`.
  func encoded(_ sets: [Points], _ θ: [Tensor]) -> Tensor {
    func side(_ half: KeyPath<Points, Tensor>) -> Tensor { .concatenated(sets.map { $0[keyPath: half] }, along: 0) }
    return encoder(group.split(θ)[0], .concatenated([side(\.inputs), side(\.values)], along: 1)).output
  }

  /// The mean over the points of each function: as their order does not matter to it, it does not to anything that
  /// follows.
  ///
  /// - Parameters:
  ///   - encoded: `[points, width]`
  ///   - spans: Which of the points, for each function.
  /// - Returns: `[functions, width]`
  func mean(of encoded: Tensor, over spans: [Range<Int>]) -> Tensor {
    let points = encoded.shape[0]
    let shares = Tensor([spans.count, points]) { out in
      out.initialize(repeating: 0)
      for (function, span) in spans.enumerated() {
        for point in span { out[function * points + point] = 1 / Float(span.count) }
      }
    }
    return shares.product(encoded)
  }

  /// r of means of encoded points, `[functions, width]`.
  func represented(_ means: Tensor, _ θ: [Tensor]) -> Tensor {
    representation(group.split(θ)[1], means, normalization: .batch).output
  }

  /// Means and deviations at some places.
  ///
  /// - Parameters:
  ///   - places: `[functions, places, coordinates]`
  ///   - r: `[functions, width]`
  /// - Returns: Both `[functions * places, outputs]`.
  func decoded(_ places: Tensor, _ r: Tensor, _ θ: [Tensor]) -> (mean: Tensor, deviation: Tensor) {
    let parts = group.split(θ)
    let (weight, bias) = (parts[2][0], parts[2][1])
    let (functions, count, coordinates) = (places.shape[0], places.shape[1], places.shape[2])
    let width = entrance.outputs
    let ofPlace = places.reshaped([functions * count, coordinates])
      .product(weight.slice(0, 0..<coordinates)).reshaped([functions, count, width])
    let ofFunction = r.affine(weight.slice(0, coordinates..<entrance.inputs), bias, relu: false)
      .reshaped([functions, 1, width])
    let h = (ofPlace + ofFunction).relu().reshaped([functions * count, width])
    let y = exit(parts[3], h).output
    let outputs = exit.outputWidth / 2
    return (
      y.slice(1, 0..<outputs),
      y.slice(1, outputs..<2 * outputs).softplus() * (1 - Self.floor) + Self.floor
    )
  }

  /// The mean over all numbers of minus the logarithm of their normal density.
  static func negativeLogLikelihood(
    of values: Tensor, _ predicted: (mean: Tensor, deviation: Tensor)
  ) -> Tensor {
    let distance = (values.reshaped(predicted.mean.shape) - predicted.mean) / predicted.deviation
    return (distance.squared() * 0.5 + predicted.deviation.log()).mean() + Float(Prediction.halfLogTwoPi)
  }
}
