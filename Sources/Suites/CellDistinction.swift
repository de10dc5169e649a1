import Measures

/// A setting that an entry of the grid fixes, as in `{ name: maml, freeze: 4 }`: it makes the cell
/// another one than the algorithm's plain cell, unless its value is the algorithm's default.
public struct CellDistinction: Hashable, Sendable {
  /// The setting's name.
  public let name: String
  /// What the grid sets it to.
  public let value: SettingValue
  /// Whether that is the algorithm's default.
  public let isStandard: Bool
  /// What stands before a text's value; nil where it speaks for itself.
  let noun: String?
}
