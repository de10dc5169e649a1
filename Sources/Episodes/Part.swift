/// The part of a split that a class belongs to, or an image of ``LabelledImages``; none is in two of them.
public enum Part: String, Sendable, CaseIterable {
  case train, validation, test

  /// As in `600 images in training`.
  var noun: String { self == .train ? "training" : rawValue }
}
