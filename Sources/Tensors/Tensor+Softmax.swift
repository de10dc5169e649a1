import CKernels

extension Tensor {
  /// The softmax of each row of `[rows, classes]`.
  public func softmax() -> Tensor {
    let result = Tensor(shape) { out in
      mb_softmax(shape[0], shape[1], buffer.elements, out.baseAddress!)
    }
    return result.recorded(from: origin) { g, flow in
      let p = softmax()
      flow.add(p * (g - (g * p).summed(to: [shape[0], 1])), to: origin)
    }
  }

  /// The mean over rows of the cross-entropy between the row's softmax and its label.
  ///
  /// - Parameter labels: One class for each row of `[rows, classes]`.
  public func crossEntropy(_ labels: [Int]) -> Tensor {
    precondition(labels.count == shape[0], "\(labels.count) labels for logits of shape \(shape)")
    let rows = shape[0]
    let places = labels.map(Int32.init)
    let result = Tensor(.scalar) { out in
      out[0] = mb_cross_entropy(rows, shape[1], buffer.elements, places)
    }
    return result.recorded(from: origin) { g, flow in
      let oneHot = Tensor(shape) { out in
        out.initialize(repeating: 0)
        for (row, label) in labels.enumerated() { out[row * shape[1] + label] = 1 }
      }
      let slope = (softmax() - oneHot) * (1 / Float(rows))
      flow.add(slope * g.reshaped([1, 1]), to: origin)
    }
  }
}
