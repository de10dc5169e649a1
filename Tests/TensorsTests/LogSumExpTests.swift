import Tensors
import Testing

struct LogSumExpTests {
  @Test func itIsTheLogarithmOfASumWithoutOverflow() {
    let x = Tensor([2, 2], [1000, 1000, -1000, 0])
    #expect(zip(x.logSumExp().elements, [1000.6931, 0]).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(x.logSoftmax().elements.allSatisfy { $0.isFinite })
  }

  /// The slope is the softmax, to the second order.
  @Test func itsGradientIsTheSoftmax() {
    Tape.recording { tape in
      let x = tape.variables([Tensor([1, 3], [0.3, -1, 2])])
      let first = gradient(of: x[0].logSumExp().sum(), at: x, keepingGraph: true)
      let softmax = x[0].softmax()
      #expect(zip(first[0].elements, softmax.elements).allSatisfy { abs($0 - $1) < 1e-6 })
      let weights = Tensor([1, 3], [1, 2, -1])
      let second = gradient(of: (first[0] * weights).sum(), at: x)[0].elements
      let wanted = gradient(of: (softmax * weights).sum(), at: x)[0].elements
      #expect(zip(second, wanted).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }
}
