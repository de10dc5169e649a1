import Foundation
import Storage

/// A valid file, and what is made of it by hostile input: other attributes, shapes, places and numbers, as a forger
/// would write them behind a right checksum. HDF5 is left out, so that what reads after it is tried often.
struct Forgery {
  private let contents: HDF5Contents
  private let bytes: [UInt8]
  private let attributes: [String]
  private let datasets: [String]
  private let url: URL

  init(of url: URL, _ write: (URL) throws -> Void) throws {
    try write(url)
    self.url = url
    contents = try HDF5File.open(reading: url).contents
    bytes = Array(try Data(contentsOf: url))
    attributes = contents.attributes.keys.sorted()
    datasets = contents.datasets.keys.sorted()
  }

  /// Numbers that readers may stumble on.
  private static let integers: [Int64] = [
    0, 1, -1, 2, 1000, 1 << 31, 1 << 40, 1 << 62, .max, .min, 1_000_000_000_000,
  ]
  private static let numbers: [Double] = [0, 1, -1, 2, 0.5, .nan, .infinity, -.infinity, 1e300, 1e-300, 1e19]

  func forged(by input: inout Input) throws -> HDF5File {
    var (contents, bytes) = (contents, bytes)
    while !input.isEmpty {
      let kind = input.byte() % 9
      let attribute = attributes[Int(input.byte()) % attributes.count]
      let dataset = datasets[Int(input.byte()) % datasets.count]
      switch kind {
      case 0: contents.attributes[attribute] = .text(input.text())
      case 1: contents.attributes[attribute] = .integer(input.choice(of: Self.integers))
      case 2: contents.attributes[attribute] = .number(input.choice(of: Self.numbers).bitPattern)
      case 3: contents.attributes[attribute] = nil
      case 4: contents.datasets[dataset] = nil
      case 5:
        contents.datasets[dataset]?.shape = (0..<Int(input.byte() % 7)).map { _ in Int(input.choice(of: Self.integers)) }
      case 6: contents.datasets[dataset]?.offset = Int(input.choice(of: Self.integers))
      case 7: contents.datasets[dataset]?.element = ["uint8", "int64", "uint64", "float32", "float64"][Int(input.byte() % 5)]
      default:
        guard let place = contents.datasets[dataset], place.offset >= 0 else { continue }
        let start = place.offset &+ 8 * Int(input.byte())
        let value = input.byte().isMultiple(of: 2)
          ? UInt64(bitPattern: input.choice(of: Self.integers)) : input.choice(of: Self.numbers).bitPattern
        guard start >= 0, start <= bytes.count - 8 else { continue }
        withUnsafeBytes(of: value) { bytes.replaceSubrange(start..<start + 8, with: $0) }
      }
    }
    let copy = url.path + ".forged"
    let descriptor = open(copy, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    unlink(copy)
    bytes.withUnsafeBytes { _ = Foundation.write(descriptor, $0.baseAddress, $0.count) }
    return HDF5File(reading: url, descriptor: descriptor, contents: contents)
  }
}

/// Hostile input, byte by byte; zero after its end.
struct Input {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = Array(bytes)[...] }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

  /// A text of up to 63 bytes.
  mutating func text() -> String {
    let count = Int(byte() % 64)
    defer { bytes = bytes.dropFirst(count) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  mutating func choice<Value>(of values: [Value]) -> Value { values[Int(byte()) % values.count] }
}
