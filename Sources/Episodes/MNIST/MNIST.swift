import Digests

/// MNIST: 70,000 handwritten digits, 28 x 28 pixels.
///
/// Reference: LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document
/// recognition.
enum MNIST {
  static let name = "mnist"
  static let side = 28
  static let classes = 10

  /// The names of the official files.
  static let archives = MNISTCatalogue.official.files.map { $0.name + ".gz" }

  /// Where the official files are kept for those who download them.
  static let source = "https://ossci-datasets.s3.amazonaws.com/mnist/"

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: name, summary: "70,000 handwritten digits, 28 x 28; every part has other images of all ten",
      inputKind: .images(channels: 1, height: side, width: side), isRegression: false,
      needsImport: true,
      splits: [
        SplitDescription(
          name: "official",
          summary: "the first 50,000 and the last 10,000 training images, and the 10,000 test images",
          classes: Dictionary(uniqueKeysWithValues: Part.allCases.map { ($0, classes) }),
          examplesPerClass: 892,
          digest: Digest.hex(of: "mnist, the first 50,000 and the last 10,000 of the training images"),
          images: [.train: 50_000, .validation: 10_000, .test: 10_000])
      ],
      provides: [.images]),
    open: { _, part, data in
      try MNISTFile.images(of: part, in: Datasets.file(of: name, in: data)!)
    },
    importing: DatasetImport(
      file: "\(name).h5", archives: archives, source: source,
      // It is always complete, so it never replaces a larger one.
      run: { files, data, _, progress in
        try MNISTImporter.run(files: files, into: data, progress: progress)
      }))
}
