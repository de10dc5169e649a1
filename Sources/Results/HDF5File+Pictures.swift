import Measures
import Storage

/// Sheets of pictures below `/pictures`, where there are any.
extension HDF5File {
  func write(_ sheets: [PictureSheet]) throws {
    guard !sheets.isEmpty else { return }
    try setAttribute("pictures", sheets.map(\.name).joined(separator: "\n"))
    for sheet in sheets {
      try setAttribute("\(sheet.name): title", sheet.title)
      try setAttribute("\(sheet.name): caption", sheet.caption)
      try write(
        "/pictures/\(sheet.name)", sheet.pixels,
        shape: [sheet.rows, sheet.columns, sheet.height, sheet.width, sheet.channels])
    }
  }

  func readPictures() throws -> [PictureSheet] {
    guard let names = try text(attribute: "pictures") else { return [] }
    return try sheetNames(names, in: "pictures").map { name in
      let (shape, pixels) = try bytes("/pictures/\(name)")
      guard shape.count == 5, !shape.contains(0), [1, 3].contains(shape[4]) else {
        throw inconsistent("'\(name)' is no sheet of pictures")
      }
      return PictureSheet(
        name: name, title: try requiredText("\(name): title"),
        caption: try requiredText("\(name): caption"), rows: shape[0], columns: shape[1], height: shape[2],
        width: shape[3], channels: shape[4], pixels: pixels)
    }
  }
}
