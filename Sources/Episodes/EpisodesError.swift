/// What can go wrong with datasets and their files.
public enum EpisodesError: Error, Equatable, Sendable, CustomStringConvertible {
  case unknownDataset(String, known: [String])
  /// A dataset gives something else than episodes.
  case noEpisodes(dataset: String)
  case unknownSplit(String, dataset: String, known: [String])
  /// The dataset's file is not in the data directory.
  case notImported(dataset: String, file: String)
  /// The file is HDF5, but not what an import of this dataset writes.
  case notOurs(file: String, reason: String)
  /// The file's content is not what it was when it was written.
  case damaged(file: String, dataset: String)
  /// Not all classes of a part were imported.
  case missingClasses(
    dataset: String, part: Part, count: Int, of: Int, first: String, file: String)
  /// Some class of a part has fewer examples than an episode takes.
  case tooFewExamples(dataset: String, part: Part, available: Int, complete: Int, needed: Int)

  /// Nothing to import was given.
  case nothingToImport(dataset: String, files: [String])
  /// An archive or folder is not there, or may not be read.
  case unreadable(file: String, reason: String)
  /// The file is not a readable archive, or it is truncated.
  case notAnArchive(file: String, isTruncated: Bool)
  /// The archive's inside is broken.
  case damagedArchive(file: String, reason: String)
  /// The archive or folder holds something else.
  case noDrawings(file: String, found: String)
  case unknownDrawing(entry: String, file: String)
  case missingCharacters(count: Int, of: Int, first: String)
  case missingDrawings(character: String, drawers: [Int])
  case badImage(entry: String, reason: String)
  case wrongPixels(character: String)
  case noPhotographs(file: String, found: String, dataset: String)
  case unknownClass(String, entry: String, file: String, dataset: String)
  case duplicateImage(entry: String, file: String)
  case damagedImage(entry: String, file: String, reason: String)
  case badList(file: String, line: Int, reason: String)
  case missingFiles([String], archive: String, dataset: String, found: String)
  case badRecord(file: String, archive: String, reason: String)
  /// A pickle cannot be read, or holds something else.
  case badPickle(file: String, reason: String)
  /// An entry of an archive has no content of its own.
  case linkInArchive(entry: String, file: String)
  /// A file of an archive or folder holds more than such a file ever does.
  case tooLarge(entry: String, file: String, limit: Int)
  /// A file is none of the four of MNIST, or damaged.
  case notMNIST(file: String, reason: String)
  /// Files of MNIST that were not given.
  case missingMNIST([String])
  /// An earlier import has more examples of some classes.
  case smallerImport(
    dataset: String, file: String, present: ImportSize, coming: ImportSize, lost: Int,
    remarks: [String])

  /// There is nowhere to fetch the dataset from.
  case nothingToFetch(dataset: String)
  case noOfficialDownload(dataset: String, reason: String)
  case fetchFailed(dataset: String, url: String, reason: String, files: [String])

  public var description: String {
    switch self {
    case .unknownDataset(let name, let known):
      return "there is no dataset '\(name)'. Choose one of \(known.joined(separator: ", "))."
    case .noEpisodes(let dataset):
      return "'\(dataset)' gives no episodes. Choose another dataset: 'metabench list datasets'."
    case .unknownSplit(let name, let dataset, let known):
      return "dataset '\(dataset)' has no split '\(name)'."
        + " Choose one of \(known.joined(separator: ", "))."
    case .notImported(let dataset, let file):
      return "dataset '\(dataset)' has not been imported: there is no \(file)."
        + (Datasets.importing(dataset)?.source == nil
          ? " Run" : " Run 'metabench data fetch \(dataset)', or")
        + " 'metabench data import \(dataset)' with its"
        + " archives, or point --data at the folder that holds it."
    case .notOurs(let file, let reason):
      return "\(file): is not a dataset that this program wrote (\(reason))."
        + " Move it away and import again."
    case .damaged(let file, let dataset):
      return "\(file): its content does not match its digest. Delete it and import"
        + " '\(dataset)' again."
    case .missingClasses(let dataset, let part, let count, let of, let first, let file):
      return "\(file): has no images of \(count) of the \(of) \(part.noun) classes of"
        + " '\(dataset)', the first is \(first). Import again, with all archives in one command:"
        + " 'metabench data import \(dataset) ARCHIVE...'."
    case .tooFewExamples(let dataset, let part, let available, let complete, let needed):
      return "'\(dataset)' was imported with \(available) of \(complete) examples in some"
        + " \(part.noun) class, but an episode takes \(needed). Lower 'query' or 'shot', or import"
        + " all of its archives, in one command."
    case .nothingToImport(let dataset, let files):
      let isOfficial = Datasets.importing(dataset)?.source != nil
      return "nothing to import. Give the"
        + (isOfficial ? " official archives:" : " archives, or the folder that holds them:")
        + " 'metabench data import \(dataset) \(files.joined(separator: " "))'."
    case .unreadable(let file, let reason):
      return "\(file): cannot be read (\(reason)). Check the path and its permissions."
    case .notAnArchive(let file, let isTruncated):
      return isTruncated
        ? "\(file): the end of this archive is missing, or its inside is damaged. Download it again."
        : "\(file): is not a zip or tar archive (compressed with gzip, xz, bzip2 or not at all)."
          + " Give the archives, or the folder they unpack to."
    case .damagedArchive(let file, let reason):
      return "\(file): is damaged (\(reason)). Download it again."
    case .noDrawings(let file, let found):
      return "\(file): holds no drawings of Omniglot (Alphabet/characterNN/NNNN_NN.png; found: \(found))."
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
    case .noPhotographs(let file, let found, let dataset):
      let isMini = dataset == MiniImageNet.name
      return "\(file): holds no images of \(dataset) that are read (found: \(found)). Give archives or folders"
        + " with class/image.jpg or .png (classes as \(isMini ? "n01532829" : "apple"))"
        + (isMini
          ? ", a folder of images with train.csv, val.csv and test.csv beside them, or"
            + " mini-imagenet-cache-train.pkl and its like, unpacked."
          : ", or cifar-100-binary.tar.gz.")
    case .unknownClass(let name, let entry, let file, let dataset):
      return "\(file): '\(entry)' is of class \(name), which '\(dataset)' does not have, so this is"
        + " another dataset. Give the archives of \(dataset) only."
    case .duplicateImage(let entry, let file):
      return "\(file): '\(entry)' was found before, there or in another archive. Give every image"
        + " once."
    case .damagedImage(let entry, let file, let reason):
      return "\(file): the image '\(entry)' cannot be used: \(reason). Replace it or leave it out:"
        + " how many images a class has is recorded. Images of another size are scaled by, for example,"
        + " 'mogrify -resize 84x84! -quality 95 FOLDER/*.jpg' (ImageMagick)."
    case .badList(let file, let line, let reason):
      return "\(file):\(line): \(reason). Give the lists of Ravi and Larochelle, unchanged."
    case .missingFiles(let names, let archive, let dataset, let found):
      return "\(archive): \(names.joined(separator: ", ")) of \(dataset) not found (found: \(found)). Give the"
        + " official archive, cifar-100-binary.tar.gz or cifar-100-python.tar.gz, the folder it unpacks"
        + " to, or folders with class/image.png (classes as apple)."
    case .badRecord(let file, let archive, let reason):
      return "\(archive): '\(file)' is damaged or of another dataset: \(reason). Download it again."
    case .badPickle(let file, let reason):
      return "\(file): cannot be read: \(reason). What is read is mini-imagenet-cache-train.pkl, -val.pkl"
        + " and -test.pkl. Save the images of others as class/image.png (classes as n01532829), for"
        + " example with Python's Image.fromarray(pixels).save('n01532829/0001.png')."
    case .linkInArchive(let entry, let file):
      return "\(file): '\(entry)' is a link, without an image of its own. Unpack the archive and give the"
        + " folder, or pack it with 'tar --dereference --hard-dereference'."
    case .tooLarge(let entry, let file, let limit):
      return "\(file): '\(entry)' is larger than the \(limit >> 20) MiB that such a file may have. Check that it is"
        + " what it should be, and download it again."
    case .notMNIST(let file, let reason):
      return "\(file): is none of the four files of MNIST (\(reason)). Give them as they were downloaded,"
        + " or unpacked: \(MNIST.archives.listed)."
    case .missingMNIST(let names):
      return "\(names.listed) of MNIST \(names.count == 1 ? "is" : "are") missing. Give all four files in"
        + " one command, or the folder that holds them."
    case .smallerImport(let dataset, let file, let present, let coming, let lost, let remarks):
      return "\(file): holds \(present.text) of '\(dataset)', and this import would replace it by"
        + " \(coming.text), with fewer examples of \(lost) of its classes. Give all archives in one command,"
        + " another folder with --data, or --replace to let it."
        + remarks.map { "\nNote: \($0)" }.joined()
    case .noOfficialDownload(let dataset, let reason):
      return "dataset '\(dataset)' has no official download: \(reason). Bring the images and run"
        + " 'metabench data import \(dataset) FOLDER'; 'metabench data import --help' says which."
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
