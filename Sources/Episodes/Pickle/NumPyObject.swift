import Foundation

/// How NumPy's arrays and numbers lie in pickles.
///
/// A type is made by its name and then told its byte order; an array is made empty and then told its
/// content, or (protocol 5) made from a buffer.
enum NumPyObject {
  /// What calling a function of NumPy would give.
  ///
  /// - Throws: `Pickle.Failure` for any other function.
  static func made(
    by function: PickleValue, from arguments: PickleValue
  ) throws(Pickle.Failure) -> PickleValue {
    guard case .name(let name) = function, let items = arguments.items else {
      throw Pickle.Failure(reason: "it is damaged")
    }
    // NumPy 2 calls its insides otherwise.
    switch name.replacing("numpy._core.", with: "numpy.core.") {
    case "numpy.core.multiarray._reconstruct":
      return .array(shape: [], type: "", elements: Data())
    case "numpy.dtype":
      if let type = items.first?.string { return .type(type) }
    case "numpy.core.multiarray.scalar":
      if items.count == 2, case .type(let type) = items[0], case .bytes(let bytes) = items[1],
        let value = try array([1], type, bytes).integers?.first
      {
        return .integer(value)
      }
    case "numpy.core.numeric._frombuffer":
      if items.count == 4, case .bytes(let bytes) = items[0], case .type(let type) = items[1],
        let shape = items[2].integers, items[3].string == "C"
      {
        return try array(shape, type, bytes)
      }
    case "_codecs.encode":
      // How Python 3 gives bytes to Python 2: each as a character.
      if case .text(let text) = items.first { return .bytes(latin1(text)) }
    default:
      break
    }
    throw Pickle.Failure(reason: "it holds more than numbers, texts and arrays: '\(name)'")
  }

  /// An object that was made, told what it holds.
  ///
  /// - Throws: `Pickle.Failure`.
  static func value(
    of object: PickleValue, with state: PickleValue
  ) throws(Pickle.Failure) -> PickleValue {
    switch (object, state.items) {
    case (.type(let type), let items?) where items.count > 1:
      // `<` or `>` for types of several bytes.
      return .type(items[1].string == "|" ? type : (items[1].string ?? "") + type)
    case (.array, let items?) where items.count == 5:
      if let shape = items[1].integers, case .type(let type) = items[2],
        items[3].integer == 0, case .bytes(let bytes) = items[4]
      {
        return try array(shape, type, bytes)
      }
    default:
      break
    }
    throw Pickle.Failure(reason: "it holds an array that does not lie row by row")
  }

  private static func array(
    _ shape: [Int], _ type: String, _ elements: Data
  ) throws(Pickle.Failure) -> PickleValue {
    var count = type.last?.wholeNumberValue ?? 0
    var isTooLarge = false
    for length in shape where !isTooLarge {
      (count, isTooLarge) = count.multipliedReportingOverflow(by: length)
    }
    guard shape.allSatisfy({ $0 >= 0 }), !isTooLarge, count == elements.count else {
      throw Pickle.Failure(reason: "an array is not as large as it says")
    }
    return .array(shape: shape, type: type, elements: elements)
  }

  /// The characters of a text in UTF-8, all of them below 256.
  private static func latin1(_ text: Data) -> Data {
    var bytes = Data(capacity: text.count)
    var high: UInt8?
    for byte in text {
      if let first = high {
        bytes.append(first << 6 | byte & 0x3f)
        high = nil
      } else if byte < 0x80 {
        bytes.append(byte)
      } else {
        high = byte & 0x03
      }
    }
    return bytes
  }
}
