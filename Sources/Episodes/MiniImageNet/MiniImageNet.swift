import Foundation

/// miniImageNet: 100 classes of ImageNet with 600 photographs each, 84 x 84 pixels.
///
/// Reference: Vinyals et al. (2016), Matching networks; its usual division into classes is of Ravi
/// and Larochelle (2017), Optimization as a model for few-shot learning.
enum MiniImageNet {
  static let name = "mini-imagenet"
  static let side = 84
  static let examplesPerClass = 600

  static let split = ClassSplit(
    "ravi", folder: "mini-imagenet/ravi",
    summary: "Ravi and Larochelle 2017: 64, 16 and 20 classes", examplesPerClass: examplesPerClass)

  static let photographs = PhotographDataset(
    name: name, side: side, classes: split.classes,
    folders: Dictionary(uniqueKeysWithValues: split.classes.map { ($0, $0) }),
    // As ImageNet names them: n01532829.
    isClassLike: { $0.utf8.count == 9 && $0.hasPrefix("n") && $0.dropFirst().allSatisfy(\.isNumber) })

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: name, summary: "100 classes of ImageNet with 600 photographs each, 84 x 84, in color",
      inputKind: .images(channels: 3, height: side, width: side), isRegression: false,
      needsImport: true, splits: [split.description]),
    open: { _, part, data in
      try file(in: data).images(of: part, in: split, complete: examplesPerClass, dataset: name)
    },
    importing: DatasetImport(
      file: "\(name).h5", archives: ["FOLDER"], source: nil,
      whyNoSource: "its images are ImageNet's, which may not be passed on",
      content: { try file(in: $0).content(of: split, complete: examplesPerClass) },
      run: { try MiniImageNetImporter.run(archives: $0, into: $1, replacing: $2, progress: $3) }))

  private static func file(in data: URL) throws -> ClassImageFile {
    try ClassImageFile(reading: Datasets.file(of: name, in: data)!, kind: name, dataset: name)
  }
}
