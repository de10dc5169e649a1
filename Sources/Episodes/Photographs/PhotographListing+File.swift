import Foundation
import Tensors

extension PhotographListing {
  /// Decodes all images on all threads and writes them.
  ///
  /// - Parameters:
  ///   - kind: What the file says that it holds.
  ///   - replacing: Whether an earlier file may be replaced that has more images of some class.
  ///   - progress: Called with the finished part, in 0...1.
  /// - Throws: `EpisodesError.damagedImage`, `.smallerImport`, and what
  ///   ``ClassImageFile/write(to:kind:height:width:classes:_:)`` throws.
  func write(
    to url: URL, kind: String, replacing: Bool, progress: (Double) -> Void
  ) throws -> ClassImageFile {
    if !replacing {
      try ClassImageFile.checkReplacing(
        url, kind: kind, dataset: dataset.name, with: classes, remarks: remarks)
    }
    return try ClassImageFile.write(
      to: url, kind: kind, height: dataset.side, width: dataset.side, classes: classes
    ) { store in
      var batch: [(image: Photograph, place: Int)] = []
      var done = 0
      func finish() throws {
        let decoded = Workers.map(batch.count) { [batch, side = dataset.side] index in
          Result { try batch[index].image.pixels(side: side) }
        }
        for (item, pixels) in zip(batch, decoded) { try store(pixels.get(), item.place) }
        done += batch.count
        batch = []
        progress(Double(done) / Double(count))
      }
      try forEachImage { image, place in
        batch.append((image, place))
        if batch.count == 512 { try finish() }
      }
      try finish()
    }
  }
}
