import Foundation

/// A made-up CIFAR-100 in the format of its binary version: all 100 classes with a few images each.
struct RecordArchive {
  var packed = PackedFiles()
  /// `superclass/class`, in the order of the classes' labels.
  let classes: [String]

  /// - Parameters:
  ///   - train: Images of each class in `train.bin`.
  ///   - test: Images of each class in `test.bin`.
  init(train: Int = 3, test: Int = 1) throws {
    let lists = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Sources/Episodes/Splits/cifar-fs/bertinetto")
    let names = try ["train", "validation", "test"].flatMap { part in
      try String(contentsOf: lists.appendingPathComponent("\(part).txt"), encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }
    // Labels are numbered in the order of the names, superclasses and classes each for themselves.
    classes = names.sorted { Self.last($0) < Self.last($1) }
    let coarse = Set(names.map(Self.first)).sorted()
    packed.files["cifar-100-binary/coarse_label_names.txt"] = Self.lines(coarse)
    packed.files["cifar-100-binary/fine_label_names.txt"] = Self.lines(classes.map(Self.last))
    for (file, numbers) in [("train", 0..<train), ("test", train..<train + test)] {
      var bytes: [UInt8] = []
      for number in numbers {
        for (label, name) in classes.enumerated() {
          bytes += [UInt8(coarse.firstIndex(of: Self.first(name))!), UInt8(label)]
          bytes += Self.planes(label, number)
        }
      }
      packed.files["cifar-100-binary/\(file).bin"] = bytes
    }
  }

  /// An image as the format has it: all reds, then greens, then blues.
  static func planes(_ label: Int, _ number: Int) -> [UInt8] {
    (0..<3 * 1024).map { index in
      switch index / 1024 {
      case 0: UInt8(label)
      case 1: UInt8(10 * number)
      default: UInt8(truncatingIfNeeded: index)
      }
    }
  }

  /// The same images in the Python version.
  func pickled(_ style: PickleWriter.Style) -> PackedFiles {
    var files = PackedFiles()
    let folder = "cifar-100-binary/"
    for name in ["train", "test"] {
      let bytes = packed.files["\(folder)\(name).bin"]!
      let records = stride(from: 0, to: bytes.count, by: 3074).map { bytes[$0..<$0 + 3074] }
      files.files["cifar-100-python/\(name)"] = PickleWriter.bytes(
        of: [
          ("filenames", .texts(records.indices.map { "\($0).png" })),
          ("fine_labels", .integers(records.map { Int($0.dropFirst().first!) })),
          ("coarse_labels", .integers(records.map { Int($0.first!) })),
          ("data", .array([records.count, 3072], records.flatMap { $0.dropFirst(2) })),
        ], style)
    }
    func lines(_ name: String) -> [String] {
      String(decoding: packed.files["\(folder)\(name)_label_names.txt"]!, as: UTF8.self)
        .split(separator: "\n").map(String.init)
    }
    files.files["cifar-100-python/meta"] = PickleWriter.bytes(
      of: [
        ("fine_label_names", .texts(lines("fine"))), ("coarse_label_names", .texts(lines("coarse"))),
      ], style)
    return files
  }

  private static func first(_ name: String) -> String { String(name.split(separator: "/")[0]) }
  private static func last(_ name: String) -> String { String(name.split(separator: "/")[1]) }
  private static func lines(_ names: [String]) -> [UInt8] {
    Array((names.joined(separator: "\n") + "\n\n").utf8)
  }
}
