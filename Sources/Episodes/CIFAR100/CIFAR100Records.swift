/// The images of CIFAR-100's binary version, read from its four files.
///
/// `train.bin` and `test.bin` are records of 3,074 bytes: superclass, class, and 32 x 32 pixels, all
/// reds first, then all greens, then all blues. Names of superclasses and classes stand in two text
/// files, one per line.
struct CIFAR100Records {
  static let recordFiles = ["train.bin", "test.bin"]
  static let nameFiles = ["coarse_label_names.txt", "fine_label_names.txt"]

  private static let plane = CIFAR100.side * CIFAR100.side
  private static let length = 2 + 3 * plane

  /// Contents by the files' names.
  private let files: [String: [UInt8]]
  /// Where the records of each class are, in the order of the files: by `superclass/class`.
  let places: [String: [Place]]

  /// Where a record is.
  struct Place {
    let file: String
    let index: Int
  }

  /// Finds the records of every class.
  ///
  /// - Throws: `EpisodesError.missingFiles`, `.badRecord`.
  init(_ files: [String: [UInt8]], archive: String) throws {
    let missing = (Self.recordFiles + Self.nameFiles).filter { files[$0] == nil }
    guard missing.isEmpty else {
      throw EpisodesError.missingFiles(missing, archive: archive, dataset: CIFAR100.name)
    }
    self.files = files
    let names = Self.nameFiles.map { name in
      String(decoding: files[name]!, as: UTF8.self).split(whereSeparator: \.isNewline)
        .map { String($0.filter { !$0.isWhitespace }) }
    }
    let known = Set(CIFAR100.bertinetto.classes)
    var places: [String: [Place]] = [:]
    for file in Self.recordFiles {
      let content = files[file]!
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
    }
    self.places = places
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
