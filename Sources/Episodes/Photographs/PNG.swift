import CPNG

/// Images in PNG files.
enum PNG {
  /// The pixels of a PNG file, `[height, width, channels]`: red first where there are three, else gray.
  ///
  /// - Throws: `UnusableImage` if the file is damaged or transparent, or if its size is another one.
  static func pixels(
    of png: [UInt8], height: Int, width: Int, channels: Int
  ) throws(UnusableImage) -> [UInt8] {
    precondition(channels == 1 || channels == 3, "gray or colors")
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_memory(&image, png, png.count) != 0 else {
      throw UnusableImage(reason: message(of: image))
    }
    guard image.width == width, image.height == height else {
      throw UnusableImage(
        found: (Int(image.height), Int(image.width)), wanted: (height, width))
    }
    // What is below transparent pixels is not to be guessed, so transparency is read and looked at.
    let hasAlpha = channels == 3 && image.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
    let stored = hasAlpha ? 4 : channels
    image.format =
      channels == 1
      ? 0 : png_uint_32(PNG_FORMAT_FLAG_COLOR | (hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0))
    var pixels = [UInt8](repeating: 0, count: height * width * stored)
    guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else {
      throw UnusableImage(reason: message(of: image))
    }
    guard hasAlpha else { return pixels }
    guard stride(from: 3, to: pixels.count, by: 4).allSatisfy({ pixels[$0] == 255 }) else {
      throw UnusableImage(reason: "it has transparent pixels")
    }
    return pixels.indices.filter { $0 % 4 < 3 }.map { pixels[$0] }
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
