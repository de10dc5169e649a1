import Networks
import Randomness
import Tensors

/// How one inner step moves parameters against their gradient: what most gradient-based
/// meta-learners differ in.
///
///     φₛ₊₁ = moved(φₛ, against: ∇L(φₛ; support), ω)
///
/// A rule may have parameters ω of its own, which are meta-learned together with the initial ones: the
/// meta-gradient flows through everything that ``moved(_:against:with:at:)`` computes.
public protocol InnerRule: Sendable {
  /// What is meta-learned of the rule itself, ω; empty for a rule with nothing to learn.
  var parameters: [ParameterDescription] { get }

  /// ω before training. Equal streams give equal values.
  func initialParameters(from random: RandomStream) -> [Tensor]

  /// The parameters after one more step.
  ///
  /// - Parameters:
  ///   - φ: The parameters that move. With several tasks side by side each has a leading axis of tasks,
  ///     and so have gradients and `ω`.
  ///   - gradient: Of the support loss, one tensor for each of `φ`.
  ///   - ω: The rule's own parameters.
  ///   - step: Which step it is, and the noise of each task.
  func moved(_ φ: [Tensor], against gradient: [Tensor], with ω: [Tensor], at step: InnerStep)
    -> [Tensor]

  /// What is worth knowing of learned ω, as one number each.
  func diagnostics(of ω: [Tensor]) -> [Diagnostic]
}

extension InnerRule {
  /// Nothing of its own is learned.
  public var parameters: [ParameterDescription] { [] }

  /// None.
  public func initialParameters(from random: RandomStream) -> [Tensor] { [] }

  /// None.
  public func diagnostics(of ω: [Tensor]) -> [Diagnostic] { [] }
}

/// One step of adaptation.
public struct InnerStep: Sendable {
  /// Counted from 0.
  public let index: Int
  /// A stream for each task: the same at every step, so that what is drawn from it holds for the
  /// whole adaptation.
  public let noise: [RandomStream]

  /// A step from its parts.
  public init(index: Int, noise: [RandomStream]) {
    self.index = index
    self.noise = noise
  }
}

/// Plain gradient descent: with one step size MAML's rule (Finn et al. 2017, equation 1).
///
///     φₛ₊₁ = φₛ − α dˢ ∇L(φₛ)
public struct GradientDescent: InnerRule {
  /// α
  public let rate: Float
  /// d, the factor of the step size after every step.
  public let decay: Float

  /// Steps of one size, unless it decays.
  public init(rate: Float, decay: Float = 1) {
    self.rate = rate
    self.decay = decay
  }

  public func moved(_ φ: [Tensor], against gradient: [Tensor], with ω: [Tensor], at step: InnerStep)
    -> [Tensor]
  {
    let rate = (0..<step.index).reduce(rate) { rate, _ in rate * decay }
    return zip(φ, gradient).map { $0.adding($1, scaledBy: -rate) }
  }
}
