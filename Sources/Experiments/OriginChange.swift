import Episodes
import Results
import Suites

/// In what a result was made otherwise than this program would make it on this machine.
public enum OriginChange: String, CaseIterable, Sendable, Encodable {
  /// Another file of the program, whatever its version: what it computes may be something else.
  case program
  /// The dataset had another content, as before it was imported again.
  case data
  /// Other kernels or CPU flags: the last bits may differ, and so the course of training.
  case cpu

  /// As in `12 were made by another program`.
  public var words: String {
    switch self {
    case .program: "by another program"
    case .data: "with other data"
    case .cpu: "on another type of CPU"
    }
  }
}

extension OriginChange {
  /// The changes since a result was made, or since it was trained where it was tested again, in the order
  /// of the cases.
  ///
  /// - Parameters:
  ///   - provenance: What the result tells of its origin, in JSON.
  ///   - name: Its dataset and split, as in `omniglot/vinyals`.
  ///   - data: The digests of what is at hand; of other data nothing is said.
  static func all(since provenance: String, of name: String, data: [String: String]) -> [OriginChange] {
    guard let made = Provenance(json: provenance) else { return allCases }
    let origins = [made, made.ofTraining]
    func isOther(_ name: String, _ digest: String) -> Bool { data[name].map { $0 != digest } ?? false }
    return allCases.filter { change in
      switch change {
      case .program: origins.contains { $0.program != Host.program }
      case .data:
        origins.contains { made in
          made.data.contains { ($0.key + "/").hasPrefix(name + "/") && isOther($0.key, $0.value) }
        }
      case .cpu: origins.contains { !Host.computesLike($0.json) }
      }
    }
  }

  /// The changes since a result was made, as far as its provenance and this machine tell: those of its
  /// data, which would have to be opened, are left out.
  public static func all(since provenance: String) -> [OriginChange] {
    all(since: provenance, of: "", data: [:])
  }
}

extension OpenDatasets {
  /// The changes since the result of a cell was made. Its data are opened for this; of those that
  /// cannot be, nothing is said.
  public func changes(since head: CellHead, of cell: Cell) -> [OriginChange] {
    for part in Part.allCases { _ = try? opened(part, of: cell) }
    return OriginChange.all(
      since: head.provenance, of: "\(cell.dataset)/\(cell.split)", data: digests)
  }
}
