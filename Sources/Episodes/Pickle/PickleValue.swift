import Foundation

/// A value in a pickle, of the few kinds that datasets are made of.
indirect enum PickleValue {
  case none
  case bool(Bool)
  case integer(Int)
  case number(Double)
  /// Bytes, or a string of Python 2.
  case bytes(Data)
  /// A string, in UTF-8.
  case text(Data)
  case list([PickleValue])
  case tuple([PickleValue])
  case dictionary([(key: PickleValue, value: PickleValue)])
  /// The type of an array's elements, as in `u1` or `<i8`.
  case type(String)
  /// An array of NumPy; its elements lie row by row.
  case array(shape: [Int], type: String, elements: Data)
  /// A function or class by its name; it is never called.
  case name(String)

  /// A string, or bytes that are one.
  var string: String? {
    switch self {
    case .bytes(let data), .text(let data): String(data: data, encoding: .utf8)
    default: nil
    }
  }

  var integer: Int? {
    switch self {
    case .integer(let value): value
    case .bool(let value): value ? 1 : 0
    default: nil
    }
  }

  /// The items of a list or tuple.
  var items: [PickleValue]? {
    switch self {
    case .list(let items), .tuple(let items): items
    default: nil
    }
  }

  /// The integers of a list or tuple, or of an array of 64-bit integers.
  var integers: [Int]? {
    if case .array(let shape, "<i8", let elements) = self, shape.count == 1 {
      return elements.withUnsafeBytes { bytes in
        (0..<shape[0]).map {
          Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)))
        }
      }
    }
    guard let items else { return nil }
    let integers = items.compactMap(\.integer)
    return integers.count == items.count ? integers : nil
  }

  /// The value of a dictionary for a key that is a string.
  subscript(key: String) -> PickleValue? {
    guard case .dictionary(let pairs) = self else { return nil }
    return pairs.last { $0.key.string == key }?.value
  }

  /// The keys of a dictionary that are strings; empty for anything else.
  var keys: [String] {
    guard case .dictionary(let pairs) = self else { return [] }
    return pairs.compactMap(\.key.string)
  }
}
