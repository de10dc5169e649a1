import FewShot
import Episodes
import Foundation
import Networks
import Storage
import Tensors
import Testing

/// Meta-gradients against references that another system computed in float64.
///
/// The worst relative error in L2 norm over all parameter tensors was 2.8e-6 with AVX-512; other kernels
/// round otherwise, which the tolerance leaves room for. The references store filters as `[out, in,
/// kernel, kernel]`, images as `[examples, channels, height, width]` and flatten in that order.
struct GoldenGradientTests {
  static let tolerance = 2e-5

  @Test(arguments: ["maml_sine_mlp_1step", "maml_sine_mlp_5step"], [false, true])
  func mamlOnSine(_ file: String, isFirstOrder: Bool) throws {
    let golden = try Golden(file)
    let network = MLP(widths: [1, 40, 40, 1])
    let tasks = try golden.count("inputs/support_x")
    let episodes = try (0..<tasks).map { task in
      Episode(support: try golden.points("support", task), query: try golden.points("query", task))
    }
    let problem = Problem(
      inputKind: .vectors(1), training: EpisodeShape(way: 1, shot: 10, query: 10), metaBatch: tasks, iterations: 1,
      trainingClasses: nil, batchNorm: .queryBatch)
    let maml = MAML(
      network: network, innerRate: Float(try golden.doubles("inputs/inner_lr")[0]),
      innerSteps: try golden.integers("inputs/inner_steps")[0], isFirstOrder: isFirstOrder, problem: problem)
    let parameters = try network.parameters.indices.map { try golden.tensor("params/p\($0)") }
    // All tasks side by side, and each alone: both must agree with the reference.
    let together = maml.metaGradient(parameters, on: episodes)
    let apart = episodes.map { maml.metaGradient(parameters, on: [$0]) }
    let group = isFirstOrder ? "grads_first_order" : "grads"
    for index in parameters.indices {
      let expected = try golden.doubles("\(group)/p\(index)")
      let share = 1 / Float(tasks)
      #expect(
        relativeError(together.gradient[index] * share, expected) < Self.tolerance,
        "parameter \(index), stacked")
      let sum = apart.dropFirst().reduce(apart[0].gradient[index]) { $0 + $1.gradient[index] }
      #expect(relativeError(sum * share, expected) < Self.tolerance, "parameter \(index), alone")
    }
    let loss = try golden.doubles("loss")[0]
    #expect(abs(Double(together.loss) / Double(tasks) - loss) < 1e-5 * loss)
  }

  @Test(arguments: ["strided", "maxpool"], [false, true])
  func mamlOnImages(_ kind: String, isFirstOrder: Bool) throws {
    let golden = try Golden("maml_conv_\(kind)")
    let network = convNet(kind, outputs: 5)
    let maml = MAML(
      network: network, innerRate: Float(try golden.doubles("inputs/inner_lr")[0]),
      innerSteps: try golden.integers("inputs/inner_steps")[0], isFirstOrder: isFirstOrder,
      problem: Problem(
        inputKind: .images(channels: 1, height: 12, width: 12),
        training: EpisodeShape(way: 5, shot: 1, query: 2), metaBatch: 3, iterations: 1, trainingClasses: 5,
        batchNorm: .queryBatch))
    let places = Self.placesWithoutBias(heads: 2)
    let parameters = try places.map { try golden.parameter("params/p\($0)", network) }
    let parts = try (0..<3).map { task in
      maml.metaGradient(
        parameters,
        on: [Episode(support: try golden.images("support", task), query: try golden.images("query", task))])
    }
    let group = isFirstOrder ? "grads_first_order" : "grads"
    for (index, place) in places.enumerated() {
      let sum = parts.dropFirst().reduce(parts[0].gradient[index]) { $0 + $1.gradient[index] }
      let expected = try golden.parameter("\(group)/p\(place)", network)
      let error = relativeError(sum * (1 / 3), expected.elements.map(Double.init))
      #expect(error < Self.tolerance, "parameter \(place)")
    }
    try expectBiasesWithoutEffect(golden, group)
    let loss = try golden.doubles("loss")[0]
    #expect(abs(Double(parts.reduce(0) { $0 + $1.loss }) / 3 - loss) < 1e-5 * loss)
  }

  @Test(arguments: ["strided", "maxpool"])
  func protoNet(_ kind: String) throws {
    let golden = try Golden("protonet_\(kind)")
    let network = convNet(kind, outputs: nil)
    let learner = ProtoNet(
      network: network, training: EpisodeShape(way: 5, shot: 1, query: 2),
      policy: .queryBatch)
    let places = Self.placesWithoutBias(heads: 0)
    let parameters = try places.map { try golden.parameter("params/p\($0)", network) }
    let parts = try (0..<3).map { task in
      learner.episodeGradient(
        parameters,
        on: Episode(support: try golden.images("support", task), query: try golden.images("query", task)))
    }
    for (index, place) in places.enumerated() {
      let sum = parts.dropFirst().reduce(parts[0].gradient[index]) { $0 + $1.gradient[index] }
      let expected = try golden.parameter("grads/p\(place)", network)
      let error = relativeError(sum * (1 / 3), expected.elements.map(Double.init))
      #expect(error < Self.tolerance, "parameter \(place)")
    }
    try expectBiasesWithoutEffect(golden, "grads")
    let loss = try golden.doubles("loss")[0]
    #expect(abs(Double(parts.reduce(0) { $0 + $1.loss }) / 3 - loss) < 1e-5 * loss)
  }

  private func convNet(_ kind: String, outputs: Int?) -> ConvNet {
    ConvNet(
      channels: 1, height: 12, width: 12, filters: 8, blocks: 2,
      downsampling: kind == "strided" ? .strided : .maxPool, readout: .flatten, outputs: outputs)
  }

  /// The places of the reference's parameters that our network has: no convolution biases, which batch
  /// normalization subtracts.
  private static func placesWithoutBias(heads: Int) -> [Int] {
    [0, 2, 3, 4, 6, 7] + (0..<heads).map { 8 + $0 }
  }

  /// The reference says so, too: the gradients of these biases vanish.
  private func expectBiasesWithoutEffect(_ golden: Golden, _ group: String) throws {
    for place in [1, 5] {
      #expect(try golden.doubles("\(group)/p\(place)").allSatisfy { abs($0) < 1e-12 })
    }
  }
}

/// ‖a − b‖ / ‖b‖
private func relativeError(_ a: Tensor, _ b: [Double]) -> Double {
  let difference = zip(a.elements, b).reduce(0.0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
  return (difference / b.reduce(0) { $0 + $1 * $1 }).squareRoot()
}

/// A file of reference values.
private struct Golden {
  let file: HDF5File

  init(_ name: String) throws {
    file = try HDF5File.open(
      reading: Bundle.module.url(forResource: name, withExtension: "h5", subdirectory: "Golden")!, isOurs: false)
  }

  func doubles(_ name: String) throws -> [Double] { try file.doubles("/" + name).values }
  func count(_ name: String) throws -> Int { try file.doubles("/" + name).shape[0] }

  func integers(_ name: String) throws -> [Int] {
    try file.int64s("/" + name).values.map { Int($0) }
  }

  func tensor(_ name: String) throws -> Tensor {
    let array = try file.doubles("/" + name)
    return Tensor(Shape(array.shape), array.values.map(Float.init))
  }

  /// Regression points of one task.
  func points(_ set: String, _ task: Int) throws -> Examples {
    func part(_ name: String) throws -> Tensor {
      let all = try tensor("inputs/\(set)_\(name)")
      return all.slice(0, task..<task + 1).reshaped([all.shape[1], all.shape[2]])
    }
    return Examples(inputs: try part("x"), targets: .values(try part("y")))
  }

  /// A parameter of a convolutional network, or its gradient, in our order of axes.
  func parameter(_ name: String, _ network: ConvNet) throws -> Tensor {
    let stored = try tensor(name)
    switch stored.shape.rank {
    case 4: return stored.transposed([2, 3, 1, 0])
    case 2:
      let side = Int(Double(stored.shape[0] / network.filters).squareRoot())
      return stored.reshaped([network.filters, side, side, stored.shape[1]])
        .transposed([1, 2, 0, 3]).reshaped(stored.shape)
    default: return stored
    }
  }

  /// Labelled images of one task, channels last.
  func images(_ set: String, _ task: Int) throws -> Examples {
    let all = try tensor("inputs/\(set)_x")
    let images = all.slice(0, task..<task + 1)
      .reshaped([all.shape[1], all.shape[2], all.shape[3], all.shape[4]])
    let labels = try integers("inputs/\(set)_y")
    let perTask = labels.count / all.shape[0]
    return Examples(
      inputs: images.transposed([0, 2, 3, 1]),
      targets: .classes(Array(labels[task * perTask..<(task + 1) * perTask]), of: 5))
  }
}
