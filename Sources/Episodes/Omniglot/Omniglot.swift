import Foundation
import Storage

/// Omniglot: 1623 handwritten characters of 50 alphabets, each drawn once by 20 people.
///
/// Reference: Lake, Salakhutdinov, Tenenbaum (2015), Human-level concept learning through
/// probabilistic program induction.
enum Omniglot {
  static let name = "omniglot"
  static let drawings = 20
  static let side = 28
  static let rotations = 4

  /// The names of the official archives, which together hold every character.
  static let archives = ["images_background.zip", "images_evaluation.zip"]

  /// Where the official archives are.
  static let source = "https://raw.githubusercontent.com/brendenlake/omniglot/master/python/"

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: name,
      summary: "1623 handwritten characters drawn by 20 people, 28 x 28, with rotations by 90"
        + " degrees as classes of their own",
      inputKind: .images(channels: 1, height: side, width: side),
      isRegression: false, needsImport: true, splits: OmniglotSplit.allCases.map(\.description),
      provides: [.episodes, .alphabets]),
    open: { split, part, data in
      let file = try OmniglotFile(reading: Datasets.file(of: name, in: data)!)
      let split = OmniglotSplit(rawValue: split)!
      return try split.alphabets.map { try OmniglotAlphabets(part, of: $0, from: file) }
        ?? file.images(of: split.characters(of: part), rotations: split.rotations)
    },
    importing: DatasetImport(
      file: "\(name).h5", archives: archives, source: source,
      // It is always complete, so it never replaces a larger one.
      run: { archives, data, _, progress in
        try OmniglotImporter.run(archives: archives, into: data, progress: progress)
      }))
}
