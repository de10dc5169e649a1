/// Which of many images are copies of others, by their bytes and their names.
struct ImageCopies {
  /// What is not left out, in no fixed order.
  private(set) var kept: [PhotographName] = []
  /// Copies, each with the image that it is a copy of.
  private var copies: [(copy: PhotographName, original: PhotographName)] = []
  /// What is there under the same name in another format.
  private var otherFormats: [PhotographName] = []
  /// Groups of identical images that were kept, sorted.
  private var twins: [[PhotographName]] = []

  /// - Parameter digests: Of the bytes of all images.
  init(among digests: [PhotographName: UInt64]) {
    var byDigest: [UInt64: [PhotographName]] = [:]
    let byStem = Dictionary(grouping: digests.keys) {
      PhotographName(className: $0.className, name: String($0.stem))
    }
    for names in byStem.values {
      // A JPEG comes before a PNG, which may have been made from it.
      let sorted = names.sorted()
      otherFormats += sorted.dropFirst()
      byDigest[digests[sorted[0]]!, default: []].append(sorted[0])
    }
    for identical in byDigest.values {
      guard identical.count > 1 else {
        kept += identical
        continue
      }
      // What another one is named after is shorter, and so comes first.
      var originals: [PhotographName] = []
      for image in identical.sorted(by: { ($0.stem.count, $0) < ($1.stem.count, $1) }) {
        let original = originals.first {
          $0.className == image.className && image.stem.contains($0.stem)
        }
        if let original {
          copies.append((image, original))
        } else {
          originals.append(image)
        }
      }
      kept += originals
      if originals.count > 1 { twins.append(originals.sorted()) }
    }
    copies.sort { $0.copy < $1.copy }
    otherFormats.sort()
    twins.sort { $0[0] < $1[0] }
  }

  /// A sentence each.
  var remarks: [String] {
    var texts: [String] = []
    if let first = otherFormats.first {
      texts.append(
        "Left out \(counted(otherFormats)) there in another format under the same name, such as"
          + " \(first.text).")
    }
    if let first = copies.first {
      texts.append(
        "Left out \(counted(copies)) identical to another one of their class and named after"
          + " it, such as \(first.copy.text), a copy of \(first.original.name).")
    }
    if !twins.isEmpty {
      let some = twins.prefix(10).map { $0.map(\.text).joined(separator: " = ") }
      texts.append(
        "Kept \(twins.count == 1 ? "1 picture that is" : "\(twins.count) pictures that are") there under"
          + " two or more names, so that one task may have a picture twice: "
          + some.joined(separator: ", ") + (twins.count > 10 ? ", ..." : "."))
    }
    return texts
  }

  private func counted(_ images: [some Any]) -> String {
    images.count == 1 ? "1 image that is" : "\(images.count) images that are"
  }
}
