import Networks

/// Floating-point operations of products and convolutions, counted from shapes: a multiplication and
/// an addition are two. What is done element by element is not counted.
struct Operations {
  /// Of the first layer's forward pass, for one example. Its inputs need no gradient.
  let first: Double
  /// Of all other layers' forward pass.
  let rest: Double

  /// A network of four blocks of 3 x 3 filters and a linear head.
  init(side: Int, channels: Int, filters: Int, pooled: Bool, features: Int, outputs: Int) {
    self.init(
      side: side, channels: channels, blocks: Array(repeating: filters, count: 4), pooled: pooled,
      features: features, outputs: outputs)
  }

  /// A network of blocks of 3 x 3 filters and a linear head: out² · 9 · in · out · 2 per block.
  init(side: Int, channels: Int, blocks: [Int], pooled: Bool, features: Int, outputs: Int) {
    var layers: [Double] = []
    var (side, channels) = (side, channels)
    for filters in blocks {
      let half = pooled ? side / 2 : (side + 1) / 2
      let outputSide = pooled ? side : half
      layers.append(Double(2 * outputSide * outputSide * 9 * channels * filters))
      (side, channels) = (half, filters)
    }
    first = layers[0]
    rest = layers[1...].reduce(0, +) + Double(2 * features * outputs)
  }

  /// A fully connected network.
  init(widths: [Int]) {
    let layers = zip(widths, widths.dropFirst()).map { Double(2 * $0 * $1) }
    first = layers[0]
    rest = layers[1...].reduce(0, +)
  }

  /// A step of MANN for one sequence: the LSTM's product with its inputs first, then all others, and writing,
  /// comparing and reading rows of the memory.
  init(mannInputs inputs: Int, hidden: Int, slots: Int, width: Int, heads: Int, classes: Int) {
    let read = heads * width
    first = Double(2 * inputs * 4 * hidden)
    let products = (hidden + read) * 4 * hidden + hidden * (read + heads) + (hidden + read) * classes
    rest = Double(2 * (products + 3 * heads * slots * width))
  }

  /// y = conv(x, w).
  var forward: Double { first + rest }
  /// dw = filterGradient(x, g), and but for the first layer dx = inputGradient(g, w).
  var backward: Double { first + 2 * rest }
  /// The gradient of forward and backward. Of dw: with respect to g, and but for the first layer to x;
  /// of dx: to g and w; of y: to w, and but for the first layer to x.
  var doubleBackward: Double { 2 * first + 6 * rest }

  /// One task of MAML.
  func maml(support: Int, query: Int, steps: Int, firstOrder: Bool) -> Double {
    let step = forward + backward + (firstOrder ? 0 : doubleBackward)
    return Double(support * steps) * step + Double(query) * (forward + backward)
  }

  /// One test episode that is adapted to in `steps`, with predictions after 0...steps.
  func adaptation(support: Int, query: Int, steps: Int) -> Double {
    Double(support * steps) * (forward + backward) + Double(query * (steps + 1)) * forward
  }
}
