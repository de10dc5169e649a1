/// Small pictures in rows and columns, for people to look at: nothing is judged by them.
public struct PictureSheet: Sendable, Equatable {
  /// Its name in files, of small letters and hyphens.
  public let name: String
  /// What it shows, as a heading.
  public let title: String
  /// What rows and columns are.
  public let caption: String
  /// Pictures, row by row.
  public let rows: Int, columns: Int
  /// The size of each picture.
  public let height: Int, width: Int
  /// 1 for gray, 3 for colour.
  public let channels: Int
  /// `[rows, columns, height, width, channels]`, 0 is dark.
  public let pixels: [UInt8]

  /// A sheet from its parts.
  ///
  /// - Precondition: There are as many pixels as that.
  public init(
    name: String, title: String, caption: String, rows: Int, columns: Int, height: Int, width: Int,
    channels: Int, pixels: [UInt8]
  ) {
    precondition(pixels.count == rows * columns * height * width * channels, "pixels for each picture")
    self.name = name
    self.title = title
    self.caption = caption
    self.rows = rows
    self.columns = columns
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
  }

  /// A sheet of pictures whose numbers are brightness, cut off below 0 (dark) and above 1; what is no number is gray.
  ///
  /// - Parameter pictures: Rows of as many pictures each, `[height, width, channels]`.
  /// - Precondition: There is a picture.
  public init(
    name: String, title: String, caption: String, height: Int, width: Int, channels: Int,
    pictures: [[[Float]]]
  ) {
    self.init(
      name: name, title: title, caption: caption, rows: pictures.count, columns: pictures[0].count,
      height: height, width: width, channels: channels,
      pixels: pictures.flatMap { row in
        row.flatMap { $0.map { $0.isNaN ? 128 : UInt8((min(max($0, 0), 1) * 255).rounded()) } }
      })
  }

  /// The size of the sheet as one picture, with a line of a pixel between its pictures.
  public var size: (height: Int, width: Int) { (rows * (height + 1) - 1, columns * (width + 1) - 1) }

  /// The sheet as one picture, `[height, width, channels]` of ``size``; lines are gray.
  public var picture: [UInt8] {
    let size = size
    var picture = [UInt8](repeating: 128, count: size.height * size.width * channels)
    let run = width * channels
    for row in 0..<rows {
      for column in 0..<columns {
        for line in 0..<height {
          let source = ((row * columns + column) * height + line) * run
          let target = ((row * (height + 1) + line) * size.width + column * (width + 1)) * channels
          picture.replaceSubrange(target..<target + run, with: pixels[source..<source + run])
        }
      }
    }
    return picture
  }
}
