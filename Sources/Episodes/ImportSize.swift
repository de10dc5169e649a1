/// How much an import holds.
public struct ImportSize: Sendable, Equatable {
  /// Classes before rotation.
  public let classes: Int
  /// Examples of all classes.
  public let examples: Int

  /// `9600 examples of 16 classes`.
  var text: String {
    "\(examples) \(examples == 1 ? "example" : "examples") of"
      + " \(classes) \(classes == 1 ? "class" : "classes")"
  }
}
