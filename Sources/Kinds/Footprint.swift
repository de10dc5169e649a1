import Episodes
import Foundation
import Measures
import Tensors

/// An estimate of a cell's peak memory, so that a cell too large for the machine is refused before it starts.
public struct Footprint: Sendable {
  /// Numbers of four bytes. Not a whole number, so that no product of sizes is too large for it.
  public let numbers: Double

  /// What is known of nothing.
  public static let unknown = Footprint(numbers: 0)

  /// So many numbers.
  public init(numbers: Double) { self.numbers = numbers }

  /// Networks in training: parameters, their gradient and Adam's two moments, and what a pass over examples leaves.
  ///
  /// - Parameters:
  ///   - shapes: Of the parameters: filters `[height, width, in, out]` in the order of their layers, weights
  ///     `[in, out]`, and others.
  ///   - examples: How many pass together.
  ///   - besides: Further numbers.
  public init(
    training shapes: [Shape], examples: Double, of kind: InputKind, besides: Double = 0
  ) {
    let weights = shapes.reduce(0) { $0 + Self.count($1) }
    numbers = 4 * weights + examples * Self.activations(shapes, kind) + besides
  }

  /// The elements of a shape; no number is large enough where a length is more than a shape can say.
  public static func count(_ shape: Shape) -> Double {
    shape.array.reduce(1) { $0 * ($1 < Int(Int32.max) ? Double($1) : .infinity) }
  }

  /// The shapes of a system's parameters; none if it has none.
  public static func shapes(of system: Any) -> [Shape] {
    (system as? any ParameterArchives)?.parameters.map(\.shape) ?? []
  }

  /// Numbers of one example and of what layers make of it. After each convolution images are taken to have half as
  /// many rows and columns.
  private static func activations(_ shapes: [Shape], _ kind: InputKind) -> Double {
    var (sum, area) = (0.0, 1.0)
    switch kind {
    case .images(let channels, let height, let width):
      area = Double(height * width)
      sum = area * Double(channels)
    case .vectors(let features): sum = Double(features)
    }
    for shape in shapes {
      let outputs = Double(shape.array.last ?? 0)
      if shape.rank == 4 {
        area = max(1, (area / 4).rounded(.down))
        sum += area * outputs
      } else if shape.rank == 2 {
        sum += outputs
      }
    }
    return sum
  }

  /// What no machine that trains such networks has: a bound of its own, so that a suite is valid everywhere or nowhere.
  private static let mostBytes = 256e9

  /// Throws ``PlanError`` where that is more than any machine has.
  ///
  /// - Parameter values: Those that it was found from: the largest that the suite says is named.
  func check(_ values: CellValues) throws {
    let needed = 4 * numbers
    guard needed > Self.mostBytes else { return }
    func sizes(_ settings: Settings, _ section: String) -> [(path: String, size: Int)] {
      settings.entries.compactMap { entry in
        guard case .integer(let size) = entry.value else { return nil }
        let path = "\(section)\(entry.name)"
        return values.given.contains(path) ? (path, size) : nil
      }
    }
    let said = sizes(values.axes, "") + sizes(values.settings, "settings.") + sizes(values.training, "train.")
      + sizes(values.testing, "test.")
    let largest = said.sorted { ($0.size, $1.path) > ($1.size, $0.path) }.filter { !Self.counts.contains($0.path) }
    let name = largest.first.map { String($0.path.split(separator: ".").last!) }
    throw PlanError(
      largest.first?.path ?? "algorithm",
      fault: .impossible(
        "\(values.system) would hold about \(Self.gigabytes(needed)) at once, and \(Self.gigabytes(Self.mostBytes)) are "
          + "the most. " + (name.map { "Lower '\($0)'." } ?? "Choose smaller sizes.")))
  }

  /// Sizes that cost time, and little memory.
  private static let counts = ["train.iterations", "train.validateEvery", "settings.halveEvery", "test.episodes"]

  private static func gigabytes(_ bytes: Double) -> String {
    let size = bytes / 1e9
    guard size.isFinite else { return "more memory than can be counted" }
    return size < 1e6 ? "\(Int(size.rounded())) GB" : String(format: "%.0e GB", size)
  }
}
