import Foundation

/// Something that holds photographs of named classes.
protocol PhotographSource {
  /// Calls `body` with every wanted image; the same ones in the same order whenever it is called.
  ///
  /// - Returns: What there was besides images, wanted or not.
  /// - Throws: `EpisodesError` for what cannot be read or does not belong here, and what `body` throws.
  @discardableResult
  func forEachImage(
    where isWanted: (PhotographName) -> Bool, _ body: (Photograph) throws -> Void
  ) throws -> LeftOut
}

/// What an import did not take from one archive or folder.
struct LeftOut {
  /// The archive or folder.
  let file: String
  /// Files in class folders that are neither JPEG nor PNG.
  var otherFormats = FileCensus()
  /// Images that are in no folder of a class.
  var outside: [String] = []
  /// Images that are on none of the lists.
  var unlisted: [String] = []
  /// Images that lists name and that are not there.
  var absent: [String] = []
  /// All images that lists name.
  var listed = 0
  /// Links that cannot be followed.
  var deadLinks: [String] = []
  /// Archives and the like that lie beside what was taken.
  var beside: [String] = []

  init(file: String) { self.file = file }

  /// The images among it, as errors tell them; nil where there are none.
  var images: String? {
    if !unlisted.isEmpty { return FileCensus(unlisted).text + " that are on no list" }
    return outside.isEmpty ? nil : FileCensus(outside).text + " outside of folders of classes"
  }

  /// A sentence each.
  var remarks: [String] {
    var texts: [String] = []
    func tell(_ paths: [String], _ text: (_ count: String) -> String) {
      guard let first = paths.first else { return }
      texts.append(text(paths.count == 1 ? "1 image" : "\(paths.count) images") + ", such as \(first)")
    }
    if !otherFormats.isEmpty {
      texts.append("left out \(otherFormats.text) in folders of classes: only JPEG and PNG are read")
    }
    tell(outside) { "left out \($0) outside of the folders of classes" }
    tell(unlisted) { "left out \($0) that are on no list" }
    if let first = absent.first {
      texts.append("\(absent.count) of the \(listed) listed images were not found, such as \(first)")
    }
    if !deadLinks.isEmpty { texts.append("left out links that lead nowhere: \(deadLinks.listed)") }
    if !beside.isEmpty {
      texts.append(
        "left out what lies beside the images: \(beside.listed). To import it, too, name it in the command")
    }
    return texts.map { "\(file): \($0)." }
  }
}
