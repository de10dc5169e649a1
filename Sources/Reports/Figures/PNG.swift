import CPNG
import Foundation
import Measures

/// Sheets of pictures as PNG files.
enum PNG {
  /// Pixels of the file along each side of a small picture, at least.
  private static let side = 56

  /// A sheet as a PNG file, its pixels enlarged where its pictures are small.
  static func file(_ sheet: PictureSheet) -> Data {
    let (height, width) = sheet.size
    let scale = max(1, side / sheet.height)
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = png_uint_32(width * scale)
    image.height = png_uint_32(height * scale)
    image.format = sheet.channels == 1 ? 0 : png_uint_32(PNG_FORMAT_FLAG_COLOR)
    let pixels = enlarged(sheet.picture, height: height, width: width, channels: sheet.channels, by: scale)
    // Enough for pixels that cannot be compressed.
    var count = pixels.count + pixels.count / 100 + height * scale + 4096
    var bytes = Data(count: count)
    let isWritten = bytes.withUnsafeMutableBytes {
      png_image_write_to_memory(&image, $0.baseAddress, &count, 0, pixels, 0, nil)
    }
    precondition(isWritten != 0, "a sheet of pictures can be written to memory")
    return bytes.prefix(count)
  }

  private static func enlarged(
    _ pixels: [UInt8], height: Int, width: Int, channels: Int, by scale: Int
  ) -> [UInt8] {
    (0..<height * scale).flatMap { row in
      (0..<width * scale).flatMap { column in
        let place = (row / scale * width + column / scale) * channels
        return pixels[place..<place + channels]
      }
    }
  }
}
