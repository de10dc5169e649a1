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
      let slope = (softmax() - .oneHot(labels, classes: shape[1])) * (1 / Float(rows))
      flow.add(slope * g.reshaped([1, 1]), to: origin)
    }
  }
  /// 1 at each label, 0 elsewhere: `[labels, classes]`.
  public static func oneHot(_ labels: [Int], classes: Int) -> Tensor {
    Tensor([labels.count, classes]) { out in
      out.initialize(repeating: 0)
      for (row, label) in labels.enumerated() { out[row * classes + label] = 1 }
    }
  }

  /// The class with the highest number in each row of `[rows, classes]`; of equal numbers the first counts.
  public func highestClasses() -> [Int] {
    let (rows, classes) = (shape[0], shape[1])
    return withElements { numbers in
      (0..<rows).map { row in
        let first = row * classes
        return (1..<classes).reduce(0) { numbers[first + $1] > numbers[first + $0] ? $1 : $0 }
      }
    }
  }
}
