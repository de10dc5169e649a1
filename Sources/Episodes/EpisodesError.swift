/// What can go wrong with datasets and their files.
public enum EpisodesError: Error, Equatable, Sendable, CustomStringConvertible {
  case unknownDataset(String, known: [String])
  case unknownSplit(String, dataset: String, known: [String])
  /// The dataset's file is not in the data directory.
  case notImported(dataset: String, file: String)
  /// The file is HDF5, but not what an import of this dataset writes.
  case notOurs(file: String, reason: String)
  /// The file's content is not what it was when it was written.
  case damaged(file: String, dataset: String)

  /// Nothing to import was given.
  case nothingToImport(dataset: String, files: [String])
  /// An archive or folder is not there, or may not be read.
  case unreadable(file: String, reason: String)
  /// The file is no zip archive, or its end is missing.
  case notAnArchive(file: String, isTruncated: Bool)
  /// The archive's inside is broken.
  case damagedArchive(file: String, reason: String)
  /// The archive or folder holds something else.
  case noDrawings(file: String)
  case unknownDrawing(entry: String, file: String)
  case missingCharacters(count: Int, of: Int, first: String)
  case missingDrawings(character: String, drawers: [Int])
  case badImage(entry: String, reason: String)
  case wrongPixels(character: String)

  /// There is nowhere to fetch the dataset from.
  case nothingToFetch(dataset: String)
  case fetchFailed(dataset: String, url: String, reason: String, files: [String])

  public var description: String {
    switch self {
    case .unknownDataset(let name, let known):
      return "there is no dataset '\(name)'. Choose one of \(known.joined(separator: ", "))."
    case .unknownSplit(let name, let dataset, let known):
      return "dataset '\(dataset)' has no split '\(name)'."
        + " Choose one of \(known.joined(separator: ", "))."
    case .notImported(let dataset, let file):
      return "dataset '\(dataset)' has not been imported: there is no \(file)."
        + " Run 'metabench data fetch \(dataset)', or 'metabench data import \(dataset)' with its"
        + " archives, or point --data at the folder that holds it."
    case .notOurs(let file, let reason):
      return "\(file): is not a dataset that this program wrote (\(reason))."
        + " Move it away and import again."
    case .damaged(let file, let dataset):
      return "\(file): its content does not match its digest. Delete it and import"
        + " '\(dataset)' again."
    case .nothingToImport(let dataset, let files):
      return "nothing to import. Give the official archives:"
        + " 'metabench data import \(dataset) \(files.joined(separator: " "))'."
    case .unreadable(let file, let reason):
      return "\(file): cannot be read (\(reason)). Check the path and its permissions."
    case .notAnArchive(let file, let isTruncated):
      return isTruncated
        ? "\(file): the end of this zip archive is missing. Download it again."
        : "\(file): is not a zip archive. Give the official archives, or the folder they unpack to."
    case .damagedArchive(let file, let reason):
      return "\(file): is damaged (\(reason)). Download it again."
    case .noDrawings(let file):
      return "\(file): holds no drawings of Omniglot (Alphabet/characterNN/NNNN_NN.png)."
        + " Give images_background.zip and images_evaluation.zip, or the folder they unpack to."
    case .unknownDrawing(let entry, let file):
      return "\(file): '\(entry)' is not a drawing of Omniglot, so this is another dataset."
        + " Give images_background.zip and images_evaluation.zip."
    case .missingCharacters(let count, let of, let first):
      return "\(count) of \(of) characters are missing, the first is \(first). Give both"
        + " images_background.zip and images_evaluation.zip, complete."
    case .missingDrawings(let character, let drawers):
      let list = drawers.map(String.init).joined(separator: ", ")
      return "\(character): the drawings of drawers \(list) are missing."
        + " Download the archives again."
    case .badImage(let entry, let reason):
      return "\(entry): is not a drawing of 105 x 105 pixels (\(reason))."
        + " Download the archives again."
    case .wrongPixels(let character):
      return "\(character): its drawings differ from Omniglot's; they were changed or swapped."
        + " Download the archives again."
    case .nothingToFetch(let dataset):
      return "dataset '\(dataset)' has nothing to download: it is generated or unknown."
    case .fetchFailed(let dataset, let url, let reason, let files):
      return "\(url): cannot be downloaded (\(reason)). Where there is a network, download"
        + " \(files.joined(separator: " and ")), bring the files here and run"
        + " 'metabench data import \(dataset) \(files.map(lastComponent).joined(separator: " "))'."
    }
  }

  private func lastComponent(_ url: String) -> String {
    String(url.split(separator: "/").last ?? "")
  }
}
