import Episodes
import Sequences
import Tensors
import Testing

struct InputEncodingTests {
  private func ramp(_ count: Int, height: Int, width: Int, channels: Int) -> Tensor {
    let shape: Shape = [count, height, width, channels]
    return Tensor(shape, (0..<shape.count).map { Float(($0 * 37) % 101) / 101 })
  }

  @Test func halfTheSideIsTheMeanOfFourPixels() {
    let images = ramp(2, height: 4, width: 4, channels: 3)
    let encoding = InputEncoding(.images(channels: 3, height: 4, width: 4), side: 2)
    let small = encoding(images)
    #expect(encoding.width == 12 && small.shape == [2, 12])
    let (from, to) = (images.elements, small.elements)
    for image in 0..<2 {
      for y in 0..<2 {
        for x in 0..<2 {
          for channel in 0..<3 {
            let sum = [(0, 0), (0, 1), (1, 0), (1, 1)].reduce(Float(0)) { sum, offset in
              let (row, column) = (2 * y + offset.0, 2 * x + offset.1)
              return sum + from[((image * 4 + row) * 4 + column) * 3 + channel]
            }
            let place = ((image * 2 + y) * 2 + x) * 3 + channel
            #expect(abs(to[place] - sum / 4) < 1e-6)
          }
        }
      }
    }
  }

  /// 28 to 20: pixels are cut.
  @Test func shrinkingByPartsOfPixelsKeepsTheMean() {
    let images = ramp(1, height: 28, width: 28, channels: 1)
    let small = InputEncoding(.images(channels: 1, height: 28, width: 28), side: 20)(images)
    #expect(small.count == 400)
    #expect(abs(small.mean().scalar - images.mean().scalar) < 1e-5)
    // The first pixel is one of the large ones and 0.4 of its neighbours, out of 1.4 x 1.4.
    let x = images.elements
    let first = (x[0] + 0.4 * x[1] + 0.4 * x[28] + 0.16 * x[29]) / 1.96
    #expect(abs(small.elements[0] - first) < 1e-6)
  }

  @Test func theSameSideChangesNothing() {
    let images = ramp(2, height: 5, width: 5, channels: 1)
    let kind = InputKind.images(channels: 1, height: 5, width: 5)
    #expect(InputEncoding(kind, side: 5)(images).elements == images.elements)
    #expect(InputEncoding(kind)(images).elements == images.elements)
  }

  @Test func vectorsStayAsTheyAre() {
    let x = Tensor([2, 3], [1, 2, 3, 4, 5, 6])
    let encoding = InputEncoding(.vectors(3), side: 14)
    #expect(encoding.width == 3 && encoding(x).elements == x.elements)
  }
}
