import Episodes
import Kinds

/// Checks whether such draws exist.
extension Transfer {
  /// Throws ``PlanError`` for what no system could be tested on.
  func check() throws {
    let parts: [Part] = values.isTuned ? [.validation, .test] : [.test]
    for part in parts { try check(target, "target", Keys.target.name, of: part) }
    try check(sourceClasses, "sourceClasses", "train.sourceClasses", of: .train)
    try check(minibatches.classes, atMost: target)
    if values.training[Keys.iterations] > 0 { try check(minibatches.classes, atMost: sourceClasses) }
    try check(
      division, words: "to learn from, to validate and to test", Keys.images.name, "test.validationImages",
      "test.testImages")
    try check(
      sourceDivision, words: "to learn from and to validate", "train.sourceImages",
      "train.sourceValidationImages")
  }

  private func check(_ count: Int, _ name: String, _ path: String, of part: Part) throws {
    let available = values.split.classes[part] ?? 0
    guard count > available else { return }
    throw PlanError(
      path,
      fault: .impossible(
        "'\(name)' is \(count), but the \(part.rawValue) part of \(values.dataset.name), split "
          + "'\(values.split.name)', has \(available) classes. Set it to at most \(available)."))
  }

  private func check(_ group: Int, atMost classes: Int) throws {
    guard group > classes else { return }
    throw PlanError(
      "train.groupClasses",
      fault: .impossible(
        "'groupClasses' is \(group), but there are only \(classes) classes to learn. Set it to at most "
          + "\(classes)."))
  }

  private func check(_ division: ImageDivision, words: String, _ first: String, _ others: String...) throws {
    let available = values.split.examplesPerClass
    guard division.count > available else { return }
    let path = ([first] + others).first(where: values.given.contains) ?? first
    throw PlanError(
      path,
      fault: .impossible(
        "\(division.count) images of each class are wanted, \(words), but classes of "
          + "\(values.dataset.name) have \(available). Lower '\(path.split(separator: ".").last!)'."))
  }
}
