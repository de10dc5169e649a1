/// What can go wrong with a run, besides what is wrong with a cell.
public enum ExperimentsError: Error, Equatable, CustomStringConvertible {
  case badCheckpoint(file: String, reason: String)

  public var description: String {
    switch self {
    case .badCheckpoint(let file, let reason):
      "the checkpoint \(file) cannot be gone on from. Delete it: its cell then begins anew. (\(reason))"
    }
  }
}
