import CTurboJPEG

/// Photographs in JPEG files.
enum JPEG {
  /// The pixels of a JPEG file, `[height, width, 3]`, red first.
  ///
  /// Decoded with the accurate transform and smooth upsampling, as most programs do.
  ///
  /// - Throws: `UnusableImage` if the file is damaged in any way, or if its size is another one.
  static func pixels(of jpeg: [UInt8], height: Int, width: Int) throws(UnusableImage) -> [UInt8] {
    guard let decoder = tjInitDecompress() else { throw UnusableImage(reason: "there is no memory") }
    defer { tjDestroy(decoder) }
    func failure() -> UnusableImage {
      UnusableImage(
        reason: tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "TurboJPEG does not say why")
    }
    var (wide, high, sampling, colors) = (Int32(0), Int32(0), Int32(0), Int32(0))
    guard
      tjDecompressHeader3(
        decoder, jpeg, UInt(jpeg.count), &wide, &high, &sampling, &colors) == 0
    else { throw failure() }
    guard wide == width, high == height else {
      throw UnusableImage(found: (Int(high), Int(wide)), wanted: (height, width))
    }
    var pixels = [UInt8](repeating: 0, count: height * width * 3)
    guard
      tjDecompress2(
        decoder, jpeg, UInt(jpeg.count), &pixels, wide, 0, high, Int32(TJPF_RGB.rawValue),
        TJFLAG_ACCURATEDCT) == 0
    else { throw failure() }
    return pixels
  }
}
