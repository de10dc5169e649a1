/// Why the file of an image gives no pixels.
struct UnusableImage: Error {
  let reason: String

  init(reason: String) { self.reason = reason }

  /// An image of another size than the dataset's.
  init(found: (height: Int, width: Int), wanted: (height: Int, width: Int)) {
    reason =
      "it has \(found.width) x \(found.height) pixels instead of \(wanted.width) x \(wanted.height)"
  }
}
