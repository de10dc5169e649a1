/// What can go wrong with a run, besides what is wrong with a cell.
public enum ExperimentsError: Error, Equatable, CustomStringConvertible {
  /// A checkpoint cannot be read, for a reason that may pass.
  case badCheckpoint(file: String, reason: String)
  /// A results folder is of another suite.
  case otherSuite(folder: String, kept: String, suite: String)
  /// Stored parameters are not those of a cell's learner.
  case foreignParameters(cell: String, source: String)
  /// A cell was trained on another content of its dataset than there is to test it on.
  case otherData(cell: String, source: String, name: String, then: String, now: String)
  /// Settings are to be chosen by the scores at a place that units do not have.
  case noSuchPlace(cell: String, place: String)

  /// Units of a cell have other outcomes than its first one.
  case unequalUnits(cell: String)

  public var description: String {
    switch self {
    case .badCheckpoint(let file, let reason):
      "cannot resume from the checkpoint \(file): \(reason) Repeat the command once that is mended; or delete the "
        + "checkpoint, and its cell begins anew."
    case .otherSuite(let folder, let kept, let suite):
      "\(folder) holds results of the suite '\(kept)', so those of '\(suite)' need a folder of their own. Give another "
        + "one with --results."
    case .foreignParameters(let cell, let source):
      "'\(cell)' cannot be tested with the parameters of '\(source)': they have other names or shapes, "
        + "as another version of the program stored them. Train it: 'metabench run'."
    case .otherData(let cell, let source, let name, let then, let now):
      "'\(cell)' cannot be tested with what '\(source)' learned: '\(name)' had the digest \(then.prefix(12)) and has "
        + "\(now.prefix(12)) now. Import what it had, or train the cell: 'metabench run'."
    case .noSuchPlace(let cell, let place):
      "'\(cell)' cannot choose its settings: its validation units have no score \(place), by which 'tune' of the "
        + "suite wants to choose."
    case .unequalUnits(let cell):
      "units of '\(cell)' have different outcomes, so its checkpoint was not written by this program. Delete the "
        + "checkpoint, and the cell begins anew."
    }
  }
}
