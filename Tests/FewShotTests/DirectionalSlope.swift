import Randomness
import Tensors

/// How steep a loss is along a random direction of all parameters: by its gradient, and by central differences.
///
/// - Parameter loss: Of any parameters. Differences are so small that few units pass their kink.
func directionalSlopes(
  at parameters: [Tensor], _ gradient: [Tensor], of loss: (_ moved: [Tensor]) -> Float
) -> (slope: Double, differences: Double) {
  var random = RandomStream(seed: 9).generator()
  let direction = parameters.map { parameter in
    Tensor(parameter.shape) { out in for i in out.indices { out[i] = Float(random.normal()) } }
  }
  func moved(_ step: Float) -> Double { Double(loss(zip(parameters, direction).map { $0 + $1 * step })) }
  let step: Float = 1e-4
  return (
    zip(gradient, direction).reduce(0.0) { $0 + Double(($1.0 * $1.1).sum().scalar) },
    (moved(step) - moved(-step)) / Double(2 * step)
  )
}
