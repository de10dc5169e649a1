import Foundation

/// CIFAR-100's Python version, turned into the binary one: the pickles `train`, `test` and `meta` hold
/// the same images in the same order.
enum CIFAR100Pickles {
  static let files = ["train", "test", "meta"]

  /// The files of the binary version, by their names.
  ///
  /// - Parameter pickles: By their names; what is not there is missing in the result, too.
  /// - Throws: `EpisodesError.badRecord`.
  static func binary(
    _ pickles: [String: [UInt8]], archive: String
  ) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for (name, bytes) in pickles.sorted(by: { $0.key < $1.key }) {
      let value: PickleValue
      do {
        value = try Pickle.value(in: Data(bytes))
      } catch {
        throw EpisodesError.badRecord(file: name, archive: archive, reason: error.reason)
      }
      if name == "meta" {
        for (key, file) in zip(["coarse_label_names", "fine_label_names"], CIFAR100Records.nameFiles) {
          let names = value[key]?.items?.compactMap(\.string)
          files[file] = names.map { Array($0.joined(separator: "\n").utf8) }
        }
      } else {
        guard let records = records(in: value) else {
          throw EpisodesError.badRecord(
            file: name, archive: archive,
            reason: "it has no 'data', 'coarse_labels' and 'fine_labels' of equally many images")
        }
        files["\(name).bin"] = records
      }
    }
    return files
  }

  /// The records of the binary version; nil if the pickle holds something else.
  private static func records(in value: PickleValue) -> [UInt8]? {
    guard case .array(let shape, "u1", let pixels) = value["data"],
      let coarse = value["coarse_labels"]?.integers, let fine = value["fine_labels"]?.integers,
      shape.count == 2, shape[1] == CIFAR100Records.length - 2, coarse.count == shape[0],
      fine.count == shape[0], (coarse + fine).allSatisfy({ (0...255).contains($0) })
    else { return nil }
    var records: [UInt8] = []
    records.reserveCapacity(shape[0] * CIFAR100Records.length)
    for index in 0..<shape[0] {
      records += [UInt8(coarse[index]), UInt8(fine[index])]
      let start = pixels.startIndex + index * shape[1]
      records += pixels[start..<start + shape[1]]
    }
    return records
  }
}
