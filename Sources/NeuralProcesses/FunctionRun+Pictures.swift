import Measures
import Tensors

/// Images completed from some of their pixels, as people would look at them.
extension FunctionRun {
  func pictures(with learned: Learned) -> [PictureSheet] {
    guard case .images(let channels, let height, let width) = plan.values.dataset.inputKind else { return [] }
    let told = plan.places.filter { $0 >= 10 && $0 < height * width }
    let rows = (0..<4).map { unit -> [[Float]] in
      let task = task(unit, of: .test)
      func picture(_ values: [Float], at points: Points) -> [Float] {
        image(values, at: points, height: height, width: width, channels: channels)
      }
      let completed = told.flatMap { count -> [[Float]] in
        let context = task.contexts.prefix(count)
        let answer = prediction(unit, of: .test, told: context, at: task.targets.inputs, with: learned)
        return [
          picture(context.values.elements, at: context),
          picture(answer.mean.map { Float($0) }, at: task.targets),
          // Half of the range of brightness is white.
          picture(answer.deviation.map { Float(2 * $0) }, at: task.targets),
        ]
      }
      return completed + [picture(task.targets.values.elements, at: task.targets)]
    }
    return [
      PictureSheet(
        name: "completions", title: "Completions",
        caption: "The first four test images. From the left, with \(Self.list(told)) pixels told: what is told "
          + "(other pixels gray), the mean of what is predicted, and its standard deviation (white: 0.5 of the range "
          + "from black to white); last the image.",
        height: height, width: width, channels: channels, pictures: rows)
    ]
  }

  private static func list(_ counts: [Int]) -> String {
    counts.dropLast().map(String.init).joined(separator: ", ") + " and \(counts.last ?? 0)"
  }

  /// Values at some points as an image, gray elsewhere.
  private func image(_ values: [Float], at points: Points, height: Int, width: Int, channels: Int) -> [Float] {
    var picture = [Float](repeating: 0.5, count: height * width * channels)
    let places = points.inputs.elements
    for point in 0..<points.count {
      let row = Int(((places[2 * point] + 1) / 2 * Float(height - 1)).rounded())
      let column = Int(((places[2 * point + 1] + 1) / 2 * Float(width - 1)).rounded())
      for channel in 0..<channels {
        picture[(row * width + column) * channels + channel] = values[point * channels + channel]
      }
    }
    return picture
  }
}
