import Results

extension CellRecord {
  /// Whether training went the same way, bit by bit; true where nothing is trained.
  func wasTrained(like other: CellRecord) -> Bool {
    // What is trained inside of units shows it in their numbers only.
    if training.isEmpty, other.training.isEmpty, variesBy == .training {
      return test.hasSameNumbers(as: other.test)
    }
    return training.map(\.iteration) == other.training.map(\.iteration)
      && haveEqualBits(training.map(\.loss), other.training.map(\.loss))
  }

  /// Whether training and test gave the same numbers, bit by bit: one that is not a number is the same
  /// as itself. Stored parameters do not matter.
  func hasSameNumbers(as other: CellRecord) -> Bool {
    cell == other.cell && configuration == other.configuration && wasTrained(like: other)
      && validation.map(\.iteration) == other.validation.map(\.iteration)
      && haveEqualBits(validation.flatMap(\.scores), other.validation.flatMap(\.scores))
      && test.hasSameNumbers(as: other.test)
  }

  /// Whether both are what one run wrote, or copies of it: not only the numbers are the same, but also
  /// what made them, the memory, and how long the test and each part of training took to the last bit.
  func isSameRun(as other: CellRecord) -> Bool {
    provenance == other.provenance && peakMemory == other.peakMemory
      && testSeconds == other.testSeconds
      && haveEqualBits(training.map(\.seconds), other.training.map(\.seconds))
      && hasSameNumbers(as: other)
  }
}

extension TestOutcomes {
  fileprivate func hasSameNumbers(as other: TestOutcomes) -> Bool {
    digests == other.digests && arrays.count == other.arrays.count
      && zip(arrays, other.arrays).allSatisfy {
        $0.metric.name == $1.metric.name && $0.axes == $1.axes && haveEqualBits($0.values, $1.values)
      }
  }
}

private func haveEqualBits(_ first: [Double], _ second: [Double]) -> Bool {
  first.count == second.count && zip(first, second).allSatisfy { $0.bitPattern == $1.bitPattern }
}
