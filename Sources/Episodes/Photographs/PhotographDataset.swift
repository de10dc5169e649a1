/// What must be known of a dataset of photographs to find its images among files.
struct PhotographDataset: Sendable {
  /// As errors name it.
  let name: String
  /// The height and width of its images in pixels.
  let side: Int
  /// All classes, in the order in which the imported file has them.
  let classes: [String]
  /// Classes by the name of the folder that holds their images.
  let folders: [String: String]
  /// Whether images in different folders of one class may have the same name, so that their paths tell
  /// them apart.
  var isNamedByPath = false
  /// Whether a folder of this name must be that of a class; one that is not is of another dataset.
  let isClassLike: @Sendable (_ folder: String) -> Bool
}
