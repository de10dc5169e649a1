import CHDF5

/// Attributes of the file itself, that is, of its root group.
extension HDF5File {
  /// Sets a new attribute to a text of any length, in UTF-8.
  ///
  /// It is stored with variable length, which h5py and others give back as a text, not as bytes.
  ///
  /// - Throws: `StorageError.notWritable`.
  public func setAttribute(_ name: String, _ value: String) throws {
    try HDF5Library.enter {
      let type = Self.textType()
      defer { H5Tclose(type) }
      try value.withCString { try setScalar(name, type, [$0]) }
    }
  }

  /// Sets a new attribute to an integer.
  ///
  /// - Throws: `StorageError.notWritable`.
  public func setAttribute(_ name: String, _ value: Int) throws {
    try HDF5Library.enter { try setScalar(name, chdf5_int64(), [Int64(value)]) }
  }

  /// Sets a new attribute to a number.
  ///
  /// - Throws: `StorageError.notWritable`.
  public func setAttribute(_ name: String, _ value: Double) throws {
    try HDF5Library.enter { try setScalar(name, chdf5_float64(), [value]) }
  }

  /// The text of an attribute, or nil where there is none of that name.
  ///
  /// - Throws: `StorageError.wrongType`.
  public func text(attribute name: String) throws -> String? {
    guard let attribute = contents.attributes[name] else { return nil }
    guard case .text(let text) = attribute else { throw wrongType(name, attribute, "text") }
    return text
  }

  /// The integer of an attribute, or nil where there is none of that name.
  ///
  /// - Throws: `StorageError.wrongType`.
  public func integer(attribute name: String) throws -> Int? {
    guard let attribute = contents.attributes[name] else { return nil }
    guard case .integer(let value) = attribute else { throw wrongType(name, attribute, "an integer") }
    return Int(value)
  }

  /// The number of an attribute, or nil where there is none of that name.
  ///
  /// - Throws: `StorageError.wrongType`.
  public func number(attribute name: String) throws -> Double? {
    guard let attribute = contents.attributes[name] else { return nil }
    guard case .number(let bits) = attribute else { throw wrongType(name, attribute, "a number") }
    return Double(bitPattern: bits)
  }

  private func setScalar<Element: BitwiseCopyable>(
    _ name: String, _ type: Int64, _ value: [Element]
  ) throws {
    let space = H5Screate(H5S_SCALAR)
    defer { H5Sclose(space) }
    let attribute = H5Acreate2(id, name, type, space, 0, 0)
    guard attribute >= 0 else { throw failedToWrite() }
    defer { H5Aclose(attribute) }
    guard H5Awrite(attribute, type, value) >= 0 else { throw failedToWrite() }
  }

  private static func textType() -> Int64 {
    let type = H5Tcopy(chdf5_c_string())
    H5Tset_size(type, -1)  // H5T_VARIABLE
    H5Tset_cset(type, H5T_CSET_UTF8)
    return type
  }

  private func wrongType(_ name: String, _ found: HDF5Contents.Attribute, _ expected: String) -> StorageError {
    .wrongType(name: name, file: path, expected: expected, found: found.words)
  }
}

extension HDF5Contents.Attribute {
  /// What it is, for errors.
  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .integer: "an integer"
    case .number: "a number"
    case .other(let words): words
    }
  }
}
