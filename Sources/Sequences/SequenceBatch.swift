import Episodes
import Tensors

/// Sequences that run side by side: row `step * sequences + sequence` of every tensor is one step of one
/// sequence, so that the rows of a step stand together.
public struct SequenceBatch: Sendable {
  /// Steps of each sequence.
  public let steps: Int
  /// The number of sequences.
  public let count: Int
  /// The encoded inputs: `[steps * count, numbers]`.
  public let inputs: Tensor
  /// The previous target at each step: `[steps * count, classes or 1]`.
  public let told: Tensor
  private let targets: Targets

  /// - Precondition: the sequences are equally long, and at least one.
  public init(_ sequences: [OnlineSequence], encoding: InputEncoding) {
    let (steps, count) = (sequences[0].length, sequences.count)
    func sideBySide(_ tensors: [Tensor]) -> Tensor {
      let width = tensors[0].shape[1]
      return Tensor.concatenated(tensors, along: 0).reshaped([count, steps, width])
        .transposed([1, 0, 2]).reshaped([steps * count, width])
    }
    self.steps = steps
    self.count = count
    inputs = sideBySide(sequences.map { encoding($0.examples.inputs) })
    told = sideBySide(sequences.map(\.told))
    if case .classes(_, let classes) = sequences[0].examples.targets {
      let labels = sequences.map(\.examples.targets.labels)
      targets = .classes((0..<steps).flatMap { step in labels.map { $0[step] } }, of: classes)
    } else {
      targets = .values(sideBySide(sequences.map(\.examples.targets.rows)))
    }
  }

  /// The mean over all steps of the answers' cross-entropies or squared errors.
  ///
  /// - Parameter answers: Logits or values, `[steps * count, classes or 1]`.
  public func loss(of answers: Tensor) -> Tensor {
    switch targets {
    case .classes(let labels, _): answers.crossEntropy(labels)
    case .values(let values): (answers - values).squared().mean()
    }
  }
}

extension Targets {
  /// The labels; empty for values.
  fileprivate var labels: [Int] {
    guard case .classes(let labels, _) = self else { return [] }
    return labels
  }
}
