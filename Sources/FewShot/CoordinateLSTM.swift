import Networks
import Randomness
import Tensors

/// The recurrent network that updates every coordinate of a learner's parameters, the same weights for
/// all coordinates and a state for each (Ravi and Larochelle 2017, sections 3.1 to 3.4).
///
///     x  ← features of the loss and of the coordinate's gradient g
///     hₜ, sₜ ← LSTM(x, hₜ₋₁, sₜ₋₁)                               20 hidden units
///     fₜ ← σ(W_F [hₜ, θₜ₋₁, fₜ₋₁] + b_F)                         equation 4
///     iₜ ← σ(W_I [hₜ, θₜ₋₁, iₜ₋₁] + b_I)                         equation 5
///     θₜ ← fₜ θₜ₋₁ − iₜ g                                        equation 2: θ is the cell state
///
/// Losses and gradients are constants: nothing is differentiated through them.
package struct CoordinateLSTM: Sendable {
  /// Hidden units.
  private static let hidden = 20

  package init() {}

  // MARK: Weights

  package var parameters: [ParameterDescription] {
    let hidden = Self.hidden
    return [
      .init(name: "lstm/weight", shape: [4 + hidden, 4 * hidden]),
      .init(name: "lstm/bias", shape: [4 * hidden]),
      .init(name: "forget/weight", shape: [hidden + 2, 1]),
      .init(name: "forget/bias", shape: [1]),
      .init(name: "input/weight", shape: [hidden + 2, 1]),
      .init(name: "input/bias", shape: [1]),
    ]
  }

  /// Forgets little and steps little at first: b_F uniform in 4...5, b_I in −5...−4, all else within
  /// ±0.01 (section 3.4 and the authors' code).
  package func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { parameter in
      let range =
        switch parameter.name {
        case "forget/bias": 4.0...5.0
        case "input/bias": -5.0...(-4.0)
        default: -0.01...0.01
        }
      return .uniform(parameter.shape, in: range, random.child(parameter.name))
    }
  }

  // MARK: Features

  /// What a step sees of some coordinates.
  package struct Observation: Sendable {
    /// Of loss and gradient: `[coordinates, 4]`.
    let features: Tensor
    /// `[coordinates, 1]`
    let gradient: Tensor

    /// - Parameter gradient: `[coordinates, 1]`.
    package init(loss: Float, gradient: Tensor) {
      let count = gradient.count
      let ofLoss = CoordinateLSTM.features(of: loss)
      features = Tensor([count, 4]) { out in
        gradient.withElements { gradient in
          for row in 0..<count {
            let ofGradient = CoordinateLSTM.features(of: gradient[row])
            (out[4 * row], out[4 * row + 1]) = ofLoss
            (out[4 * row + 2], out[4 * row + 3]) = ofGradient
          }
        }
      }
      self.gradient = gradient
    }
  }

  /// (log |x| / p, sign x) where |x| ≥ e⁻ᵖ, and (−1, eᵖ x) nearer to 0; p = 10 (section 3.2, after
  /// Andrychowicz et al. 2016, appendix A).
  package static func features(of x: Float) -> (Float, Float) {
    let p = 10.0
    let e = 22026.465794806718  // eᵖ
    let x = Double(x)
    guard abs(x) * e >= 1 else { return (-1, Float(e * x)) }
    return (Float(Elementary.log(abs(x)) / p), x < 0 ? -1 : 1)
  }

  // MARK: Steps

  /// The state of some coordinates.
  package struct State: Sendable {
    /// θ: `[coordinates, 1]`.
    package var cell: Tensor
    /// f, the last forget gates: `[coordinates, 1]`.
    package var forget: Tensor
    /// i, the last input gates: `[coordinates, 1]`.
    package var input: Tensor
    /// h and s of the LSTM: `[coordinates, hidden]`.
    var hidden: Tensor
    var memory: Tensor
  }

  /// The state before the first step: all zeros but θ.
  package func state(of θ: Tensor) -> State {
    let none = Tensor.zeros([θ.count, Self.hidden])
    let shut = Tensor.zeros([θ.count, 1])
    return State(cell: θ, forget: shut, input: shut, hidden: none, memory: none)
  }

  package func stepped(_ state: State, seeing observation: Observation, with w: [Tensor]) -> State {
    let n = Self.hidden
    var next = state
    let u = Tensor.concatenated([observation.features, state.hidden], along: 1)
      .affine(w[0], w[1], relu: false)
    let gates = u.slice(1, 0..<3 * n).logistic()
    let candidate = tanh(u.slice(1, 3 * n..<4 * n))
    next.memory =
      gates.slice(1, n..<2 * n) * state.memory + gates.slice(1, 0..<n) * candidate
    next.hidden = gates.slice(1, 2 * n..<3 * n) * tanh(next.memory)
    func gate(_ previous: Tensor, _ weight: Tensor, _ bias: Tensor) -> Tensor {
      Tensor.concatenated([next.hidden, state.cell, previous], along: 1)
        .affine(weight, bias, relu: false).logistic()
    }
    next.forget = gate(state.forget, w[2], w[3])
    next.input = gate(state.input, w[4], w[5])
    next.cell = next.forget * state.cell - next.input * observation.gradient
    return next
  }

  /// tanh x = 2 σ(2 x) − 1
  private func tanh(_ x: Tensor) -> Tensor { (x * 2).logistic() * 2 + -1 }

  // MARK: Gradients

  /// The gradient of ⟨cotangent, θ_T⟩ at θ₀ and at the weights.
  ///
  /// Coordinates meet only in the weights: blocks of them run through all steps one after the other, so
  /// that memory does not grow with the learner, and are spread over threads.
  ///
  /// - Parameters:
  ///   - cotangent: Of θ_T, `[coordinates, 1]`.
  ///   - path: What each step saw, of all coordinates.
  package func pulledBack(
    _ cotangent: Tensor, from θ0: Tensor, through path: [Observation], with w: [Tensor]
  ) -> (θ0: Tensor, w: [Tensor]) {
    let parts = Workers.map(Self.blocks(of: θ0.count).count) { block in
      let range = Self.blocks(of: θ0.count)[block]
      return Tape.recording { tape in
        let start = tape.variable(θ0.slice(0, range))
        let weights = tape.variables(w)
        var state = state(of: start)
        for observation in path {
          state = stepped(state, seeing: observation.of(range), with: weights)
        }
        return gradient(
          of: (state.cell * cotangent.slice(0, range)).sum(), at: [start] + weights, releasing: true
        ).map(\.detached)
      }
    }
    let sums = parts.dropFirst().reduce(Array(parts[0].dropFirst())) { sum, part in
      zip(sum, part.dropFirst()).map { $0 + $1 }
    }
    return (.concatenated(parts.map { $0[0] }, along: 0), sums)
  }

  /// Coordinates in runs of fixed length.
  static func blocks(of count: Int) -> [Range<Int>] {
    let length = 1024
    return stride(from: 0, to: count, by: length).map { $0..<min(count, $0 + length) }
  }
}

extension CoordinateLSTM.Observation {
  private init(features: Tensor, gradient: Tensor) {
    self.features = features
    self.gradient = gradient
  }

  /// That of some coordinates only.
  func of(_ range: Range<Int>) -> Self {
    Self(features: features.slice(0, range), gradient: gradient.slice(0, range))
  }
}
