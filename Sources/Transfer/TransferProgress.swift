import Kinds
import Measures
import Networks

/// The state of a unit between two of its tests.
package struct TransferProgress: Sendable {
  package let place: UnitPlace
  /// What is trained.
  package var state: LearnerState
  /// Steps taken on the target classes.
  package var steps = 0
  /// Accuracies on validation images, before the first step and at each test since.
  package var validation: [Double] = []
  /// The same on test images.
  package var test: [Double] = []
  /// Its training and test data, kept so that they are not rebuilt at each step; not archived.
  package var draw: ClassDraw?

  package init(place: UnitPlace, state: LearnerState) {
    self.place = place
    self.state = state
  }

  /// Everything needed to resume.
  package func archive(_ parameters: [ParameterDescription]) -> Archive {
    var archive = state.archive(parameters)
    archive.integers.merge(place.archive.integers) { $1 }
    archive.integers["steps"] = steps
    archive.numbers = ["validation": validation, "test": test]
    return archive
  }

  /// What was archived; nil if it is not of these parameters.
  package init?(_ archive: Archive, _ parameters: [ParameterDescription]) {
    guard let place = UnitPlace(archive), let state = LearnerState(archive, parameters: parameters),
      let steps = archive.integers["steps"], let validation = archive.numbers["validation"],
      let test = archive.numbers["test"], validation.count == test.count
    else { return nil }
    self.init(place: place, state: state)
    self.steps = steps
    self.validation = validation
    self.test = test
  }
}
