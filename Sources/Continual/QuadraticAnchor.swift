import Tensors

/// A penalty that keeps parameters near earlier values: Σₖ ½ Σᵢ Pₖᵢ (θᵢ - θ*ₖᵢ)², one term for each earlier task.
///
/// A sum of quadratics is a quadratic: its precision is the sum of theirs and its centre their weighted
/// mean, so that many terms cost as much as one, in memory and time.
package struct QuadraticAnchor {
  /// The sum of the terms' precisions, shaped as the parameters.
  package private(set) var precision: [Tensor]
  /// Where the sum is smallest.
  package private(set) var centre: [Tensor]

  /// No terms.
  package init(shapedAs parameters: [Tensor]) {
    precision = parameters.map { .zeros($0.shape) }
    centre = parameters
  }

  package init(precision: [Tensor], centre: [Tensor]) {
    self.precision = precision
    self.centre = centre
  }

  /// One more term.
  package mutating func add(_ precision: [Tensor], at parameters: [Tensor]) {
    for index in parameters.indices {
      let sum = self.precision[index] + precision[index]
      // The centre moves towards the new term by its share in the sum; where nothing holds it, it stays.
      centre[index] = Tensor(sum.shape) { out in
        sum.withElements { sum in
          precision[index].withElements { own in
            parameters[index].withElements { parameter in
              centre[index].withElements { centre in
                for place in sum.indices {
                  let share = sum[place] > 0 ? own[place] / sum[place] : 0
                  out[place] = centre[place] + share * (parameter[place] - centre[place])
                }
              }
            }
          }
        }
      }
      self.precision[index] = sum
    }
  }

  /// Replaces all terms by one: the precisions so far times `decay` plus the new ones, all around the newest
  /// parameters.
  ///
  /// Reference: Schwarz et al. (2018), Progress & compress, section 3.2 (online EWC).
  package mutating func renew(_ precision: [Tensor], at parameters: [Tensor], decay: Float) {
    for index in parameters.indices {
      self.precision[index] = precision[index].adding(self.precision[index], scaledBy: decay)
    }
    centre = parameters
  }

  /// The gradient of the sum: P (θ - θ*).
  package func pull(on parameters: [Tensor]) -> [Tensor] {
    parameters.indices.map { precision[$0] * (parameters[$0] - centre[$0]) }
  }
}
