import Randomness
import Tensors

/// How meta-training changes along its iterations: MAML's is constant; the rest are the remedies of
/// Antoniou, Edwards and Storkey 2019 ("How to train your MAML", section 4).
struct MetaSchedule: Sendable {
  /// Adam's step size at first.
  var metaRate: Double
  /// Whether derivatives of inner gradients are left out.
  var isFirstOrder: Bool
  /// As long as this they are left out in any case.
  var firstOrderIterations = 0
  /// As long as this the query loss after every inner step counts, ever less than that after the last.
  var multiStepIterations = 0
  /// Iterations over which the step size falls to nothing along a cosine; nil for a constant one.
  var cosineIterations: Int?
  /// The largest size of one number of a meta-gradient; nil for any.
  var clip: Float?

  /// Adam's step size.
  func rate(at iteration: Int) -> Double {
    guard let cosineIterations else { return metaRate }
    let done = Double(iteration) / Double(max(1, cosineIterations))
    return metaRate * 0.5 * (1 + Elementary.cos(done * .pi))
  }

  func isFirstOrder(at iteration: Int) -> Bool {
    isFirstOrder || iteration < firstOrderIterations
  }

  /// What the query loss after 0, 1, ... `steps` inner steps counts.
  ///
  /// While the multi-step loss lasts, steps before the last begin with a share of 1/steps and end with
  /// 0.03/steps, as in the authors' code; the last has the rest.
  func stepWeights(_ steps: Int, at iteration: Int) -> [Float] {
    guard iteration < multiStepIterations else {
      return Array(repeating: 0, count: steps) + [1]
    }
    let left = 1 - Double(iteration) / Double(multiStepIterations)
    let early = max(left, 0.03) / Double(steps)
    let last = 1 - Double(steps - 1) * early
    return [0] + Array(repeating: Float(early), count: steps - 1) + [Float(last)]
  }

  /// A meta-gradient with every number within ±clip.
  func clipped(_ gradient: [Tensor]) -> [Tensor] {
    guard let clip else { return gradient }
    return gradient.map { $0.clamped(to: -clip...clip) }
  }
}
