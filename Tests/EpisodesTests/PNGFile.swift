import CPNG

/// PNG files of square images.
enum PNGFile {
  /// - Parameter channels: 1 for gray, 3 for red, green and blue, 4 for an alpha channel besides.
  static func bytes(_ pixels: [UInt8], side: Int, channels: Int) -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = UInt32(side)
    image.height = UInt32(side)
    image.format =
      png_uint_32(channels == 1 ? 0 : PNG_FORMAT_FLAG_COLOR | (channels == 4 ? PNG_FORMAT_FLAG_ALPHA : 0))
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var count = bytes.count
    png_image_write_to_memory(&image, &bytes, &count, 0, pixels, 0, nil)
    return Array(bytes[..<count])
  }
}
