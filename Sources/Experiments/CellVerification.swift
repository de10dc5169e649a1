/// What checking one stored result came to.
public struct CellVerification: Sendable, Encodable {
  /// What could be checked of a cell.
  public enum Extent: String, Sendable, Encodable {
    /// Scores were recomputed from the stored parameters, or from none where nothing is learned.
    case recomputed
    /// The cell was trained and tested again, and the whole results compared.
    case retrained
    /// Episodes only: the file keeps no parameters, so scores cannot be recomputed without training.
    case episodes
    /// The file only: the cell failed or diverged, and there are no scores.
    case file
    /// There is no result.
    case missing
  }

  /// The cell's id.
  public let cell: String
  /// What was checked.
  public internal(set) var extent: Extent
  /// The digest of the stored result; nil if it cannot be read.
  public internal(set) var digest: String?
  /// The test episodes that were checked, in order.
  public internal(set) var episodes: [Int] = []
  /// How many test episodes the file holds.
  public internal(set) var stored = 0
  /// Whether scores had to be equal bit by bit; otherwise they had to be within the tolerance, for
  /// the result was made on another type of CPU or with other kernels.
  public internal(set) var isExact = true
  /// The largest difference between a stored score and its recomputed one.
  public internal(set) var largestDifference = 0.0
  /// What is wrong, each naming the cell and, where it is one, the episode.
  public internal(set) var problems: [String] = []

  /// Whether nothing is wrong.
  public var passed: Bool { problems.isEmpty }

  init(cell: String, extent: Extent) {
    self.cell = cell
    self.extent = extent
  }

  mutating func fail(_ problem: String) { problems.append("\(cell): \(problem)") }
}
