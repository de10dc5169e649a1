import Digests
import Storage

/// The images of CIFAR-100's binary version, read from its four files.
///
/// `train.bin` and `test.bin` are records of 3,074 bytes: superclass, class, and 32 x 32 pixels, all
/// reds first, then all greens, then all blues. Names of superclasses and classes stand in two text
/// files, one per line.
struct CIFAR100Records {
  static let recordFiles = ["train.bin", "test.bin"]
  static let nameFiles = ["coarse_label_names.txt", "fine_label_names.txt"]

  private static let plane = CIFAR100.side * CIFAR100.side
  static let length = 2 + 3 * plane
  /// Images of every class in the official files.
  private static let official = [500, 100]

  /// Contents by the files' names.
  private let files: [String: [UInt8]]
  /// Where the records of each class are, in the order of the files: by `superclass/class`.
  let places: [String: [Place]]
  /// What is strange, a sentence each.
  let remarks: [String]

  /// Where a record is.
  struct Place {
    let file: String
    let index: Int
  }

  /// Finds the records of every class.
  ///
  /// The official files have equally many images of every class. Files that have fewer, as samples do,
  /// are told in the remarks; files of which a part is missing are refused, and so is a test file whose
  /// images are those of the training file.
  ///
  /// - Parameters:
  ///   - archive: For errors.
  ///   - others: What else was found, for errors.
  /// - Throws: `EpisodesError.missingFiles`, `.badRecord`.
  init(_ files: [String: [UInt8]], archive: String, others: FileCensus = FileCensus()) throws {
    let missing = (Self.recordFiles + Self.nameFiles).filter { files[$0] == nil }
    guard missing.isEmpty else {
      throw EpisodesError.missingFiles(
        missing, archive: archive, dataset: CIFAR100.name,
        found: (FileCensus(files.keys) + others).text)
    }
    self.files = files
    let names = Self.nameFiles.map { name in
      String(decoding: files[name]!, as: UTF8.self).split(whereSeparator: \.isNewline)
        .map { String($0.filter { !$0.isWhitespace }) }
    }
    let known = Set(CIFAR100.bertinetto.classes)
    var places: [String: [Place]] = [:]
    var counts: [Int] = []
    for (file, official) in zip(Self.recordFiles, Self.official) {
      let content = files[file]!
      guard !content.isEmpty else {
        throw EpisodesError.badRecord(file: file, archive: archive, reason: "it is empty")
      }
      guard content.count % Self.length == 0 else {
        throw EpisodesError.badRecord(
          file: file, archive: archive,
          reason: "its size is no multiple of \(Self.length) bytes, so its end is missing")
      }
      for index in 0..<content.count / Self.length {
        let labels = (Int(content[index * Self.length]), Int(content[index * Self.length + 1]))
        guard labels.0 < names[0].count, labels.1 < names[1].count,
          case let name = "\(names[0][labels.0])/\(names[1][labels.1])", known.contains(name)
        else {
          throw EpisodesError.badRecord(
            file: file, archive: archive,
            reason: "image \(index) is labelled \(labels.0) and \(labels.1), which is no class of"
              + " CIFAR-100")
        }
        places[name, default: []].append(Place(file: file, index: index))
      }
      let own = known.map { name in places[name, default: []].count { $0.file == file } }
      guard let count = own.first, own.allSatisfy({ $0 == count }) else {
        throw EpisodesError.badRecord(
          file: file, archive: archive,
          reason: "it has \(own.min()!) images of some and \(own.max()!) of other classes instead of"
            + " \(official) of each")
      }
      guard count <= official else {
        throw EpisodesError.badRecord(
          file: file, archive: archive,
          reason: "it has \(count) images of each class instead of \(official)")
      }
      counts.append(count)
    }
    self.places = places
    let digests = Self.recordFiles.map { Self.digests(of: files[$0]!) }
    let inTraining = Set(digests[0])
    guard !digests[1].allSatisfy(inTraining.contains) else {
      throw EpisodesError.badRecord(
        file: Self.recordFiles[1], archive: archive,
        reason: "all its images are in \(Self.recordFiles[0]), too, so it is a copy")
    }
    var remarks: [String] = []
    if counts != Self.official {
      let texts = Self.recordFiles.indices.map {
        "\(counts[$0]) of \(Self.official[$0]) images of each class in \(Self.recordFiles[$0])"
      }
      remarks.append("This is not the whole of CIFAR-100: \(texts.listed).")
    }
    let all = digests.flatMap(\.self)
    let copies = all.count - Set(all).count
    if copies > 0 {
      remarks.append(
        "Kept \(copies) of \(all.count) images although another one has the same pixels.")
    }
    self.remarks = remarks
  }

  /// The digests of the pixels of all records.
  private static func digests(of content: [UInt8]) -> [UInt64] {
    content.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: length).map { start in
        var digest = Digest()
        digest.absorb(
          bytes: UnsafeRawBufferPointer(rebasing: bytes[start + 2..<start + length]))
        return digest.prefix64
      }
    }
  }

  /// The pixels of a record, `[32, 32, 3]`.
  func pixels(at place: Place) -> [UInt8] {
    let start = place.index * Self.length + 2
    return files[place.file]!.withUnsafeBufferPointer { bytes in
      [UInt8](unsafeUninitializedCapacity: 3 * Self.plane) { pixels, count in
        for channel in 0..<3 {
          for pixel in 0..<Self.plane {
            pixels[3 * pixel + channel] = bytes[start + channel * Self.plane + pixel]
          }
        }
        count = 3 * Self.plane
      }
    }
  }
}
