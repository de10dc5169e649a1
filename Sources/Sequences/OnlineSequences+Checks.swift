import Episodes
import Kinds

/// Checks whether such sequences exist.
extension OnlineSequences {
  /// Throws ``PlanError`` for what no system could be tested on.
  func check() throws {
    guard !isRegression else {
      guard shape.classes == 1 else {
        throw PlanError(
          Keys.classes.name,
          fault: .impossible(
            "\(values.dataset.name) is regression and has no classes, so 'classes' must be 1, not "
              + "\(shape.classes). Give it a grid of its own without 'classes'."))
      }
      return
    }
    let parts: [Part] = validates ? [.train, .validation, .test] : [.train, .test]
    for part in parts { try check(classesOf: part) }
    let available = values.split.examplesPerClass
    guard shape.showings <= available else {
      throw PlanError(
        Keys.showings.name,
        fault: .impossible(
          "\(shape.showings) showings need as many examples of a class, but classes of "
            + "\(values.dataset.name), split '\(values.split.name)', have \(available). Lower 'showings' to "
            + "at most \(available)."))
    }
  }

  private func check(classesOf part: Part) throws {
    let available = values.split.classes[part] ?? 0
    guard available < shape.classes else { return }
    throw PlanError(
      Keys.classes.name,
      fault: .impossible(
        "a sequence has \(shape.classes) classes, but the \(part.rawValue) part of \(values.dataset.name), "
          + "split '\(values.split.name)', has \(available). Lower 'classes', or choose another split."))
  }
}
