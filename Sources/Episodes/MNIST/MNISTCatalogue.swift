/// The four files of MNIST, which are known by what they hold, whatever their names.
package struct MNISTCatalogue: Sendable {
  /// A file of the format idx.
  package struct File: Sendable {
    let name: String
    let shape: [Int]
    /// The hexadecimal SHA-256 of the file when it is not compressed.
    let digest: String

    package init(name: String, shape: [Int], digest: String) {
      self.name = name
      self.shape = shape
      self.digest = digest
    }

    /// The bytes of the file when it is not compressed.
    var size: Int { 4 + 4 * shape.count + shape.reduce(1, *) }
  }

  let trainImages: File, trainLabels: File, testImages: File, testLabels: File
  /// How many of the training images, the last ones, are the validation part.
  let validation: Int

  package init(
    trainImages: File, trainLabels: File, testImages: File, testLabels: File, validation: Int
  ) {
    self.trainImages = trainImages
    self.trainLabels = trainLabels
    self.testImages = testImages
    self.testLabels = testLabels
    self.validation = validation
  }

  var files: [File] { [trainImages, trainLabels, testImages, testLabels] }

  static let official = MNISTCatalogue(
    trainImages: File(
      name: "train-images-idx3-ubyte", shape: [60_000, 28, 28],
      digest: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    trainLabels: File(
      name: "train-labels-idx1-ubyte", shape: [60_000],
      digest: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    testImages: File(
      name: "t10k-images-idx3-ubyte", shape: [10_000, 28, 28],
      digest: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    testLabels: File(
      name: "t10k-labels-idx1-ubyte", shape: [10_000],
      digest: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    validation: 10_000)
}
