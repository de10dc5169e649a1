import Episodes
import Kinds
import Measures
import Tensors

/// Pictures of a few test episodes.
extension FewShotRun {
  func pictures(with learned: LearnerState) -> [PictureSheet] {
    answers(with: learned)
      + learner.pictures(of: learned, from: sources[.test]!, noise: context.unitNoise(0, .test))
  }

  /// Queries of small images beside the only support image of the class that was answered; none where images are
  /// large, or classes have several.
  private func answers(with learned: LearnerState) -> [PictureSheet] {
    guard case .images(let channels, let height, let width) = plan.values.dataset.inputKind,
      plan.shot == 1, height * width * channels <= 1024
    else { return [] }
    var (right, wrong): ([Answer], [Answer]) = ([], [])
    let wanted = 8
    for unit in 0..<20 where right.count < wanted || wrong.count < wanted {
      for answer in answers(inUnit: unit, with: learned) {
        if answer.isRight, right.count < wanted { right.append(answer) }
        if !answer.isRight, wrong.count < wanted { wrong.append(answer) }
      }
    }
    let shown = right + wrong
    let sheet = PictureSheet(
      name: "answers", title: "Answers, right and wrong",
      caption: "Above a query, below it the support image of the class that was answered, and below that the one of "
        + "its own class. The \(right.count) on the left are right, the \(wrong.count) on the right are the first "
        + "wrong answers of 20 test episodes.",
      height: height, width: width, channels: channels,
      pictures: [shown.map(\.query), shown.map(\.answered), shown.map(\.own)])
    return [sheet]
  }

  private struct Answer {
    let query: [Float], answered: [Float], own: [Float]
    let isRight: Bool
  }

  /// The first query of each class of a test episode, and what it was taken for.
  private func answers(inUnit unit: Int, with learned: LearnerState) -> [Answer] {
    let episode = episode(unit, of: .test)
    let predictor = learner.adapted(learned, to: episode.support, noise: context.unitNoise(unit, .test))
    let (queries, predictions) = predictor.answers(
      to: episode.query, of: plan.testShape, by: plan.effectiveGrouping)
    guard case .classes(let labels, let way) = queries.targets,
      case .classes(let supports, _) = episode.support.targets
    else { preconditionFailure("images are classified") }
    let answers = predictions.last!.highestClasses()
    func image(_ index: Int, of examples: Examples) -> [Float] {
      examples.inputs.slice(0, index..<index + 1).elements
    }
    return (0..<way).map { label in
      let place = labels.firstIndex(of: label)!
      let answer = answers[place]
      return Answer(
        query: image(place, of: queries), answered: image(supports.firstIndex(of: answer)!, of: episode.support),
        own: image(supports.firstIndex(of: label)!, of: episode.support), isRight: answer == label)
    }
  }
}
