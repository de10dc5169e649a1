import Results

extension CellRecord {
  /// Whether training went the same way, number by number; true where nothing is trained.
  func wasTrained(like other: CellRecord) -> Bool {
    training.map(\.iteration) == other.training.map(\.iteration)
      && training.map(\.loss) == other.training.map(\.loss)
  }

  /// Whether training and test gave the same numbers; stored parameters do not matter.
  func hasSameNumbers(as other: CellRecord) -> Bool {
    cell == other.cell && configuration == other.configuration && test == other.test
      && validation == other.validation && wasTrained(like: other)
  }
}
