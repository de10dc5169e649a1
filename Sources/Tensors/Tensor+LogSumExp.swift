extension Tensor {
  /// The logarithm of the sum of exponentials along the last axis, which stays with length 1.
  public func logSumExp() -> Tensor {
    let count = shape[shape.rank - 1]
    // The largest, as a constant, keeps exponentials from vanishing.
    let largest = Tensor(Shape(shape.array.dropLast() + [1])) { out in
      withElements { all in
        for row in out.indices { out[row] = all[row * count..<(row + 1) * count].max()! }
      }
    }
    return (self - largest).exp().summed(to: largest.shape).log() + largest
  }

  /// Along the last axis, the logarithms of ``softmax()``, also where that is too small for a number.
  public func logSoftmax() -> Tensor { self - logSumExp() }
}
