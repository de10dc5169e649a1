import CTurboJPEG
import Foundation

/// A made-up miniImageNet: a few images of some of its classes, to be packed with or without faults.
struct PhotographArchive {
  /// One class of training, validation and test each.
  static let train = "n01532829", validation = "n01855672", test = "n01930112"

  var packed = PackedFiles()

  /// - Parameter counts: Images by class.
  init(_ counts: [String: Int]) {
    for (name, count) in counts {
      for index in 0..<count {
        // The folder above the class says nothing.
        packed.files["some/\(name)/\(Self.fileName(name, index))"] =
          Self.jpeg(of: Self.photograph(name, index), side: 84)
      }
    }
  }

  /// As ImageNet's images are named: the class, then a number.
  static func fileName(_ name: String, _ index: Int) -> String { "\(name)0000000\(index).jpg" }

  /// A smooth image whose colors say which one it is, so that a JPEG of it comes close.
  static func photograph(_ name: String, _ index: Int) -> [UInt8] {
    let base = Int(name.dropFirst())! % 100
    return (0..<84 * 84).flatMap { pixel -> [UInt8] in
      let (y, x) = pixel.quotientAndRemainder(dividingBy: 84)
      return [UInt8(base + x), UInt8(20 * index + y), UInt8(100 + base)]
    }
  }

  static func jpeg(of pixels: [UInt8], side: Int) -> [UInt8] {
    let encoder = tjInitCompress()
    defer { tjDestroy(encoder) }
    var buffer: UnsafeMutablePointer<UInt8>?
    var size: UInt = 0
    tjCompress2(
      encoder, pixels, Int32(side), 0, Int32(side), Int32(TJPF_RGB.rawValue), &buffer, &size,
      Int32(TJSAMP_444.rawValue), 95, 0)
    defer { tjFree(buffer) }
    return Array(UnsafeBufferPointer(start: buffer, count: Int(size)))
  }
}
