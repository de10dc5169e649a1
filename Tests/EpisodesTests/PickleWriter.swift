import Foundation

/// Writes dictionaries as Python's module `pickle` does, operation by operation.
struct PickleWriter {
  /// Who writes.
  enum Style: CaseIterable {
    /// Python 2, with protocol 2.
    case python2
    /// Python 3 with protocol 2, where bytes are texts that are to be encoded.
    case protocol2
    case protocol4
    /// Where arrays are made from buffers.
    case protocol5
  }

  indirect enum Value {
    /// Of bytes.
    case array([Int], [UInt8])
    /// Of 64-bit integers: so many of them, as the array says.
    case indices([Int], count: Int? = nil)
    case integers([Int])
    case texts([String])
    case dictionary([(String, Value)])
  }

  private let style: Style
  private var bytes: [UInt8] = []
  /// Where types that were written are remembered.
  private var types: [String: Int] = [:]

  static func bytes(of pairs: [(String, Value)], _ style: Style) -> [UInt8] {
    var writer = PickleWriter(style: style)
    writer.bytes = [0x80, style == .protocol4 ? 4 : style == .protocol5 ? 5 : 2]
    // A frame that is larger than what follows is none of a reader's business.
    if writer.isModern { writer.bytes += [0x95] + [UInt8](repeating: 1, count: 4) + [0, 0, 0, 0] }
    writer.write(.dictionary(pairs))
    return writer.bytes + Array(".".utf8)
  }

  private init(style: Style) { self.style = style }

  private var isModern: Bool { style == .protocol4 || style == .protocol5 }

  private mutating func write(_ value: Value) {
    switch value {
    case .dictionary(let pairs):
      bytes += Array("}q\u{0}(".utf8)
      for (key, value) in pairs {
        text(key)
        write(value)
      }
      bytes += Array("u".utf8)
    case .integers(let integers):
      bytes += Array("](".utf8)
      integers.forEach { integer($0) }
      bytes += Array("e".utf8)
    case .texts(let texts):
      bytes += Array("](".utf8)
      texts.forEach { text($0) }
      bytes += Array("e".utf8)
    case .array(let shape, let elements): array(shape, "u1", "|", elements)
    case .indices(let indices, let count):
      let words = indices.flatMap { value in
        withUnsafeBytes(of: Int64(value).littleEndian) { Array($0) }
      }
      array([count ?? indices.count], "i8", "<", words)
    }
  }

  private mutating func array(_ shape: [Int], _ type: String, _ order: String, _ elements: [UInt8]) {
    if style == .protocol5 {
      name("numpy._core.numeric", "_frombuffer")
      bytes += Array("(".utf8) + [0x96] + little(elements.count, 8) + elements
      self.type(type, order)
      tuple(shape)
      text("C")
      bytes += Array("tR".utf8)
      return
    }
    name("numpy.core.multiarray", "_reconstruct")
    name("numpy", "ndarray")
    tuple([0])
    raw([UInt8(ascii: "b")])
    bytes += [0x87] + Array("R(".utf8)
    integer(1)
    tuple(shape)
    self.type(type, order)
    bytes.append(0x89)
    raw(elements)
    bytes += Array("tb".utf8)
  }

  private mutating func type(_ type: String, _ order: String) {
    if let place = types[type] {
      bytes += Array("j".utf8) + little(place, 4)
      return
    }
    let place = 100_000 + types.count
    types[type] = place
    name("numpy", "dtype")
    text(type)
    bytes += [0x89, 0x88, 0x87] + Array("Rr".utf8) + little(place, 4) + Array("(".utf8)
    integer(3)
    text(order)
    bytes += Array("NNN".utf8)
    integer(-1)
    integer(-1)
    integer(0)
    bytes += Array("tb".utf8)
  }

  private mutating func name(_ module: String, _ name: String) {
    if isModern {
      text(module)
      text(name)
      bytes.append(0x93)
    } else {
      bytes += Array("c\(module)\n\(name)\n".utf8)
    }
  }

  private mutating func tuple(_ integers: [Int]) {
    bytes += Array("(".utf8)
    integers.forEach { integer($0) }
    bytes += Array("t".utf8)
  }

  private mutating func integer(_ value: Int) {
    switch value {
    case 0..<256: bytes += Array("K".utf8) + little(value, 1)
    case 256..<65536: bytes += Array("M".utf8) + little(value, 2)
    case Int(Int32.min)...Int(Int32.max): bytes += Array("J".utf8) + little(value, 4)
    default: bytes += [0x8a, 8] + little(value, 8)
    }
  }

  private mutating func text(_ text: String) {
    let utf8 = Array(text.utf8)
    switch style {
    case .python2: bytes += Array("U".utf8) + little(utf8.count, 1) + utf8
    case .protocol2: bytes += Array("X".utf8) + little(utf8.count, 4) + utf8
    default: bytes += [0x8c] + little(utf8.count, 1) + utf8 + [0x94]
    }
  }

  private mutating func raw(_ content: [UInt8]) {
    switch style {
    case .python2: bytes += Array("T".utf8) + little(content.count, 4) + content
    case .protocol2:
      name("_codecs", "encode")
      let utf8 = content.flatMap { Array(String(UnicodeScalar($0)).utf8) }
      bytes += Array("X".utf8) + little(utf8.count, 4) + utf8
      text("latin1")
      bytes += [0x86] + Array("R".utf8)
    default: bytes += Array("B".utf8) + little(content.count, 4) + content
    }
  }

  private func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
