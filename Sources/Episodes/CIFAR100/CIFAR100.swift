import Foundation

/// CIFAR-100: 100 classes in 20 superclasses with 600 photographs each, 32 x 32 pixels, of which two
/// few-shot datasets are made that differ in their division into classes only.
///
/// Classes are named as in `fish/trout`, superclass first.
///
/// Reference: Krizhevsky (2009), Learning multiple layers of features from tiny images.
enum CIFAR100 {
  static let name = "cifar-100"
  static let side = 32
  static let examplesPerClass = 600

  static let photographs = PhotographDataset(
    name: "cifar-100", side: side, classes: bertinetto.classes.sorted(),
    // Folders are named for classes, whose superclasses they may lie in.
    folders: Dictionary(
      uniqueKeysWithValues: bertinetto.classes.map { (String($0.split(separator: "/")[1]), $0) }),
    isNamedByPath: true, isClassLike: { _ in false })

  /// CIFAR-FS: classes divided at random.
  static let bertinetto = ClassSplit(
    "bertinetto", folder: "cifar-fs/bertinetto",
    summary: "Bertinetto et al. 2019: 64, 16 and 20 classes", examplesPerClass: examplesPerClass)

  /// FC100: no superclass is in two parts.
  static let oreshkin = ClassSplit(
    "oreshkin", folder: "fc100/oreshkin",
    summary: "Oreshkin et al. 2018: 60, 20 and 20 classes of 12, 4 and 4 superclasses",
    examplesPerClass: examplesPerClass)

  static let fewShot = entry(
    "cifar-fs", "the 100 classes of CIFAR-100 with 600 photographs each, 32 x 32, in color",
    bertinetto)

  static let fc100 = entry(
    "fc100",
    "as 'cifar-fs', but divided by superclasses, so that test classes are less like the others",
    oreshkin)

  private static func entry(_ dataset: String, _ summary: String, _ split: ClassSplit)
    -> Datasets.Entry
  {
    Datasets.Entry(
      description: DatasetDescription(
        name: dataset, summary: summary,
        inputKind: .images(channels: 3, height: side, width: side), isRegression: false,
        needsImport: true, splits: [split.description]),
      open: { _, part, data in
        try file(in: data, for: dataset).images(
          of: part, in: split, complete: examplesPerClass, dataset: dataset)
      },
      importing: DatasetImport(
        file: "\(name).h5", archives: ["cifar-100-binary.tar.gz"],
        source: "https://www.cs.toronto.edu/~kriz/",
        content: {
          try file(in: $0, for: dataset).content(of: split, complete: examplesPerClass)
        },
        run: {
          try CIFAR100Importer.run(archives: $0, into: $1, for: dataset, replacing: $2, progress: $3)
        }))
  }

  private static func file(in data: URL, for dataset: String) throws -> ClassImageFile {
    try ClassImageFile(
      reading: data.appendingPathComponent("\(name).h5"), kind: name, dataset: dataset)
  }
}
