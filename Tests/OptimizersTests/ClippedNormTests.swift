import Optimizers
import Tensors
import Testing

struct ClippedNormTests {
  /// Over all tensors together; a smaller gradient and a limit of 0 leave it alone.
  @Test(arguments: [(2.5, [1.5, 2.0]), (5.0, [3, 4]), (0.0, [3, 4])])
  func theNormIsLimited(_ largest: Double, _ wanted: [Float]) {
    let gradient = [Tensor([1], [3]), Tensor([1, 1], [4])]
    #expect(clipped(gradient, toNorm: largest).flatMap(\.elements) == wanted)
  }
}
