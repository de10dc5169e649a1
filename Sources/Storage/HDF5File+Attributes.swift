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
  /// - Throws: `StorageError.wrongType`, `.damaged`.
  public func text(attribute name: String) throws -> String? {
    try withAttribute(name) { attribute, type in
      guard H5Tget_class(type) == H5T_STRING else { throw wrongType(name, type, "text") }
      guard H5Tis_variable_str(type) <= 0 else { return try variableText(name, attribute, type) }
      var bytes = [UInt8](repeating: 0, count: H5Tget_size(type))
      guard H5Aread(attribute, type, &bytes) >= 0 else { throw damaged(name) }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The integer of an attribute, or nil where there is none of that name.
  ///
  /// - Throws: `StorageError.wrongType`, `.damaged`.
  public func integer(attribute name: String) throws -> Int? {
    try withAttribute(name) { attribute, type in
      guard H5Tget_class(type) == H5T_INTEGER else { throw wrongType(name, type, "an integer") }
      var value: Int64 = 0
      guard H5Aread(attribute, chdf5_int64(), &value) >= 0 else { throw damaged(name) }
      return Int(value)
    }
  }

  /// The number of an attribute, or nil where there is none of that name.
  ///
  /// - Throws: `StorageError.wrongType`, `.damaged`.
  public func number(attribute name: String) throws -> Double? {
    try withAttribute(name) { attribute, type in
      guard H5Tget_class(type) == H5T_FLOAT else { throw wrongType(name, type, "a number") }
      var value = 0.0
      guard H5Aread(attribute, chdf5_float64(), &value) >= 0 else { throw damaged(name) }
      return value
    }
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

  private func withAttribute<Value>(
    _ name: String, _ body: (_ attribute: Int64, _ type: Int64) throws -> Value
  ) throws -> Value? {
    try HDF5Library.enter {
      guard H5Aexists(id, name) > 0 else { return nil }
      let attribute = H5Aopen(id, name, 0)
      guard attribute >= 0 else { throw damaged(name) }
      defer { H5Aclose(attribute) }
      let space = H5Aget_space(attribute)
      defer { H5Sclose(space) }
      let type = H5Aget_type(attribute)
      guard type >= 0 else { throw damaged(name) }
      defer { H5Tclose(type) }
      // More than one value would be written past the end of the one that is made room for.
      guard H5Sget_simple_extent_npoints(space) == 1 else {
        throw wrongType(name, type, "a single value")
      }
      return try body(attribute, type)
    }
  }

  private func variableText(_ name: String, _ attribute: Int64, _ type: Int64) throws -> String {
    var characters: UnsafeMutablePointer<CChar>?
    guard H5Aread(attribute, type, &characters) >= 0 else { throw damaged(name) }
    guard let characters else { return "" }
    defer { H5free_memory(characters) }
    return String(cString: characters)
  }

  private static func textType() -> Int64 {
    let type = H5Tcopy(chdf5_c_string())
    H5Tset_size(type, -1)  // H5T_VARIABLE
    H5Tset_cset(type, H5T_CSET_UTF8)
    return type
  }

  private func wrongType(_ name: String, _ type: Int64, _ expected: String) -> StorageError {
    .wrongType(name: name, file: path, expected: expected, found: Self.words(for: type))
  }
}
