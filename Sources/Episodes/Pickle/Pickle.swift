import Foundation

/// Reads pickles, the files of Python's module of that name, as far as datasets are made of them:
/// numbers, strings, lists, dictionaries, and arrays of NumPy.
///
/// A pickle is a program for a small machine with a stack, which could call anything. This machine
/// builds values and calls nothing: whatever else a pickle asks for is an error. Bytes are not copied
/// out of a file that is mapped into memory.
///
/// Reference: Python's `pickletools`, protocols 2 to 5.
struct Pickle {
  /// Why a pickle cannot be read.
  struct Failure: Error {
    let reason: String
  }

  /// Whether a file is a pickle, by its name.
  static func isPickle(_ path: String) -> Bool {
    ["pkl", "pickle"].contains(FileCensus.ending(of: path))
  }

  private let data: Data
  private var position: Int
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]

  /// The value in a pickle.
  ///
  /// - Throws: `Failure`.
  static func value(in data: Data) throws(Failure) -> PickleValue {
    var machine = Pickle(data: data, position: data.startIndex)
    return try machine.run()
  }

  private init(data: Data, position: Int) {
    self.data = data
    self.position = position
  }

  private mutating func run() throws(Failure) -> PickleValue {
    while true {
      let code = try byte()
      switch code {
      case 0x80: _ = try byte()  // PROTO
      case 0x95: _ = try length(8)  // FRAME
      case UInt8(ascii: "."): return try pop()
      case UInt8(ascii: "("): marks.append(stack.count)

      case UInt8(ascii: "N"): stack.append(.none)
      case 0x88: stack.append(.bool(true))
      case 0x89: stack.append(.bool(false))
      case UInt8(ascii: "K"): stack.append(.integer(try length(1)))
      case UInt8(ascii: "M"): stack.append(.integer(try length(2)))
      case UInt8(ascii: "J"):
        stack.append(.integer(Int(Int32(truncatingIfNeeded: try length(4)))))
      case 0x8a: stack.append(.integer(try longInteger()))
      case UInt8(ascii: "G"):
        let bits = try bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        stack.append(.number(Double(bitPattern: bits)))

      case UInt8(ascii: "U"), UInt8(ascii: "C"): stack.append(.bytes(try counted(1)))
      case UInt8(ascii: "T"), UInt8(ascii: "B"): stack.append(.bytes(try counted(4)))
      case 0x8e, 0x96: stack.append(.bytes(try counted(8)))
      case 0x8c: stack.append(.text(try counted(1)))
      case UInt8(ascii: "X"): stack.append(.text(try counted(4)))
      case 0x8d: stack.append(.text(try counted(8)))

      case UInt8(ascii: ")"): stack.append(.tuple([]))
      case 0x85, 0x86, 0x87: stack.append(.tuple(try pop(count: Int(code) - 0x84)))
      case UInt8(ascii: "t"): stack.append(.tuple(try popToMark()))
      case UInt8(ascii: "]"): stack.append(.list([]))
      case UInt8(ascii: "a"): try extend(with: pop(count: 1))
      case UInt8(ascii: "e"): try extend(with: popToMark())
      case UInt8(ascii: "}"): stack.append(.dictionary([]))
      case UInt8(ascii: "s"): try extend(withPairs: pop(count: 2))
      case UInt8(ascii: "u"): try extend(withPairs: popToMark())

      case UInt8(ascii: "q"): try memorize(at: length(1))
      case UInt8(ascii: "r"): try memorize(at: length(4))
      case 0x94: try memorize(at: memo.count)
      case UInt8(ascii: "h"): try recall(length(1))
      case UInt8(ascii: "j"): try recall(length(4))

      case UInt8(ascii: "c"): stack.append(.name(try line() + "." + line()))
      case 0x93:
        let names = try pop(count: 2).compactMap(\.string)
        stack.append(.name(names.joined(separator: ".")))
      case UInt8(ascii: "R"):
        let arguments = try pop()
        stack.append(try NumPyObject.made(by: pop(), from: arguments))
      case UInt8(ascii: "b"):
        let state = try pop()
        let object = try pop()
        let value = try NumPyObject.value(of: object, with: state)
        if case .type(let name) = object { rememberType(name, as: value) }
        stack.append(value)
      default:
        throw Failure(
          reason: "it uses operation \(code), and may be of an old protocol; in Python,"
            + " pickle.dump(value, file, protocol=4) writes one that is read")
      }
    }
  }

  // MARK: Bytes

  private mutating func bytes(_ count: Int) throws(Failure) -> Data {
    guard count >= 0, count <= data.endIndex - position else {
      throw Failure(reason: "its end is missing")
    }
    defer { position += count }
    return data[position..<position + count]
  }

  private mutating func byte() throws(Failure) -> UInt8 { try bytes(1).first! }

  /// An unsigned little-endian integer.
  private mutating func length(_ size: Int) throws(Failure) -> Int {
    let value = try bytes(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let length = Int(exactly: value) else { throw Failure(reason: "a length is too large") }
    return length
  }

  private mutating func counted(_ size: Int) throws(Failure) -> Data { try bytes(length(size)) }

  /// A signed little-endian integer of any size.
  private mutating func longInteger() throws(Failure) -> Int {
    let bytes = try counted(1)
    guard bytes.count <= 8 else { throw Failure(reason: "an integer is too large") }
    let sign: Int = bytes.last.map { $0 >= 0x80 ? -1 : 0 } ?? 0
    return bytes.reversed().reduce(sign) { $0 << 8 | Int($1) }
  }

  private mutating func line() throws(Failure) -> String {
    guard let end = data[position...].firstIndex(of: UInt8(ascii: "\n")) else {
      throw Failure(reason: "its end is missing")
    }
    let text = try bytes(end - position)
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: The stack

  private mutating func pop() throws(Failure) -> PickleValue {
    guard stack.count > (marks.last ?? 0) else { throw Failure(reason: "it is damaged") }
    return stack.removeLast()
  }

  private mutating func pop(count: Int) throws(Failure) -> [PickleValue] {
    guard stack.count - count >= (marks.last ?? 0) else { throw Failure(reason: "it is damaged") }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(Failure) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw Failure(reason: "it is damaged") }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  private mutating func extend(with items: [PickleValue]) throws(Failure) {
    guard case .list(let list) = try pop() else { throw Failure(reason: "it is damaged") }
    stack.append(.list(list + items))
  }

  private mutating func extend(withPairs items: [PickleValue]) throws(Failure) {
    guard items.count % 2 == 0, case .dictionary(let pairs) = try pop() else {
      throw Failure(reason: "it is damaged")
    }
    let added = stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
    stack.append(.dictionary(pairs + added))
  }

  // MARK: The memo

  private mutating func memorize(at place: Int) throws(Failure) {
    guard let value = stack.last else { throw Failure(reason: "it is damaged") }
    memo[place] = value
  }

  /// A type is remembered before it is told its byte order.
  private mutating func rememberType(_ name: String, as value: PickleValue) {
    for (place, remembered) in memo {
      if case .type(name) = remembered { memo[place] = value }
    }
  }

  private mutating func recall(_ place: Int) throws(Failure) {
    switch memo[place] {
    case nil: throw Failure(reason: "it is damaged")
    // It was remembered before it was filled.
    case .list, .dictionary, .array: throw Failure(reason: "it has one object in several places")
    case let value?: stack.append(value)
    }
  }
}
