import Digests
import Measures

extension CellRecord {
  /// The SHA-256 of all that must be equal when the cell is run again, on any number of threads.
  ///
  /// Left out are what may differ: seconds, memory, provenance, the words of an error, the iterations until
  /// it, and the name of the suite, because the same cell may stand in several.
  ///
  /// - Complexity: O(scores); the parameters' own digest is kept.
  public var digest: String {
    var digest = Digest()
    if kind == FirstKind.name {
      absorbEpisodes(into: &digest)
    } else {
      absorbUnits(into: &digest)
    }
    digest.absorb(training.map(\.iteration))
    digest.absorb(training.map(\.loss))
    digest.absorb(validation.map(\.iteration))
    digest.absorb(validation.flatMap(\.scores))
    digest.absorb(parametersDigest)
    // Results without a choice of settings are as they were before there was one.
    if let tuning {
      for trial in tuning.trials { digest.absorb(trial) }
      digest.absorb(tuning.chosen)
    }
    return digest.hex
  }

  /// Version 1, of few-shot cells: the first results that there were have it.
  private func absorbEpisodes(into digest: inout Digest) {
    for text in [cell, algorithm, dataset, split, metric.name, configuration, status.name] {
      digest.absorb(text)
    }
    digest.absorb(["way", "shot", "query"].map { coordinates.integer($0) ?? 0 } + [repetition])
    digest.absorb((test.judged?.width ?? 1) - 1)
    digest.absorb(test.judged?.values ?? [])
    digest.absorb(test.digests)
    for diagnostic in test.recorded {
      digest.absorb(diagnostic.metric.name)
      digest.absorb(diagnostic.width - 1)
      digest.absorb(diagnostic.values)
    }
  }

  private func absorbUnits(into digest: inout Digest) {
    for text in [kind, cell, algorithm, dataset, split, configuration, status.name] {
      digest.absorb(text)
    }
    for coordinate in coordinates.entries { digest.absorb("\(coordinate.name)=\(coordinate.value)") }
    digest.absorb(repetition)
    digest.absorb(test.digests)
    for array in test.arrays {
      digest.absorb(array.metric.name)
      for axis in array.axes {
        digest.absorb(axis.name)
        digest.absorb(axis.places)
      }
      digest.absorb(array.values)
    }
  }

  static func digest(of arrays: [NamedArray]) -> String {
    var digest = Digest()
    for array in arrays {
      digest.absorb(array.name)
      digest.absorb(array.shape)
      digest.absorb(array.values)
    }
    return digest.hex
  }
}

extension Digest {
  /// All of a trial that must be equal when it is made again.
  mutating func absorb(_ trial: TuningRecord.Trial) {
    for entry in trial.values.entries { absorb("\(entry.name)=\(entry.value)") }
    absorb(trial.scores)
    absorb(trial.iterations)
  }
}
