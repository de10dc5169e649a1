import CHDF5

extension HDF5Contents {
  /// Asks HDF5 what the file at `path` holds.
  ///
  /// Only what this program writes is let through: groups and datasets in a tree, no links to elsewhere, and values
  /// that lie in the file as they are, neither packed nor in another file.
  ///
  /// - Throws: `StorageError.notReadable`, `.damaged`.
  init(surveying path: String) throws {
    self.init()
    try HDF5Library.enter {
      // Files are only ever replaced by renaming, so there is nothing to lock.
      let access = H5Pcreate(chdf5_file_access())
      defer { H5Pclose(access) }
      H5Pset_file_locking(access, false, true)
      let file = H5Fopen(path, 0, access)
      guard file >= 0 else {
        let reason = HDF5Library.lastMessage()
        // Its checksum is right: what the system refuses is not the file's fault.
        throw reason.contains("errno = ")
          ? StorageError.notReadable(file: path, reason: reason) : StorageError.damaged(file: path, reason: reason)
      }
      defer { H5Fclose(file) }
      let survey = Survey(file: path)
      attributes = try survey.attributes(of: file)
      try survey.add(groupOf: file, at: "", depth: 0, to: &self)
    }
  }
}

/// A walk through an open file; the library's door is held by the caller.
private struct Survey {
  let file: String

  /// More than any file of ours has.
  private static let (mostObjects, mostAttributes, mostDepth, mostText) = (100_000, 100_000, 16, 1 << 26)

  func damaged(_ name: String, _ reason: String = HDF5Library.lastMessage()) -> StorageError {
    .damaged(file: file, reason: "'\(name)': \(reason)")
  }

  // MARK: Groups and datasets

  func add(groupOf parent: Int64, at path: String, depth: Int, to contents: inout HDF5Contents) throws {
    guard depth <= Self.mostDepth else { throw damaged(path, "groups lie too deep in each other") }
    let group = H5Gopen2(parent, path.isEmpty ? "/" : path, 0)
    guard group >= 0 else { throw damaged(path) }
    defer { H5Gclose(group) }
    var info = H5G_info_t()
    guard H5Gget_info(group, &info) >= 0 else { throw damaged(path) }
    for index in 0..<info.nlinks {
      guard contents.groups.count + contents.datasets.count < Self.mostObjects else {
        throw damaged(path, "it holds too many objects")
      }
      let name = try text(path) { H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, index, $0, $1, 0) }
      let inside = "\(path)/\(name)"
      guard chdf5_is_hard_link(group, name) > 0 else {
        throw damaged(inside, "it is a link to elsewhere, which this program never writes")
      }
      let object = H5Oopen(group, name, 0)
      guard object >= 0 else { throw damaged(inside) }
      defer { H5Oclose(object) }
      switch H5Iget_type(object) {
      case H5I_GROUP:
        contents.groups.insert(inside)
        try add(groupOf: parent, at: inside, depth: depth + 1, to: &contents)
      case H5I_DATASET: contents.datasets[inside] = try dataset(object, inside)
      default: throw damaged(inside, "it is neither a group nor a dataset")
      }
    }
  }

  private func dataset(_ id: Int64, _ name: String) throws -> HDF5Contents.Dataset {
    let creation = H5Dget_create_plist(id)
    guard creation >= 0 else { throw damaged(name) }
    defer { H5Pclose(creation) }
    guard H5Pget_layout(creation) == H5D_CONTIGUOUS, H5Pget_external_count(creation) == 0,
      H5Pget_nfilters(creation) == 0
    else { throw damaged(name, "its values are packed or lie in another file, as this program never writes them") }
    let type = H5Dget_type(id)
    guard type >= 0 else { throw damaged(name) }
    defer { H5Tclose(type) }
    let shape = try shape(name, id)
    let isEmpty = shape.contains(0)
    // An undefined place is the largest number of all.
    guard let offset = isEmpty ? 0 : Int(exactly: H5Dget_offset(id)) else {
      throw damaged(name, "its values were never written")
    }
    return HDF5Contents.Dataset(element: element(type), shape: shape, offset: offset)
  }

  private func shape(_ name: String, _ dataset: Int64) throws -> [Int] {
    let space = H5Dget_space(dataset)
    guard space >= 0 else { throw damaged(name) }
    defer { H5Sclose(space) }
    let rank = H5Sget_simple_extent_ndims(space)
    guard rank >= 0 else { throw damaged(name) }
    var extents = [hsize_t](repeating: 0, count: Int(rank))
    guard rank == 0 || H5Sget_simple_extent_dims(space, &extents, nil) >= 0 else { throw damaged(name) }
    return try extents.map {
      guard let extent = Int(exactly: $0) else { throw damaged(name, "its shape is too large") }
      return extent
    }
  }

  // MARK: Attributes

  func attributes(of root: Int64) throws -> [String: HDF5Contents.Attribute] {
    let count = chdf5_attributes(root)
    guard (0...Int64(Self.mostAttributes)).contains(count) else { throw damaged("/", "its attributes cannot be counted") }
    var attributes: [String: HDF5Contents.Attribute] = [:]
    for index in 0..<hsize_t(count) {
      let name = try text("/") { H5Aget_name_by_idx(root, ".", H5_INDEX_NAME, H5_ITER_INC, index, $0, $1, 0) }
      attributes[name] = try attribute(name, of: root)
    }
    return attributes
  }

  private func attribute(_ name: String, of root: Int64) throws -> HDF5Contents.Attribute {
    let attribute = H5Aopen(root, name, 0)
    guard attribute >= 0 else { throw damaged(name) }
    defer { H5Aclose(attribute) }
    let space = H5Aget_space(attribute)
    defer { H5Sclose(space) }
    let type = H5Aget_type(attribute)
    guard type >= 0 else { throw damaged(name) }
    defer { H5Tclose(type) }
    guard H5Sget_simple_extent_npoints(space) == 1 else { return .other("several values") }
    switch H5Tget_class(type) {
    case H5T_STRING: return .text(try string(name, attribute, type))
    case H5T_INTEGER:
      var value: Int64 = 0
      guard H5Aread(attribute, chdf5_int64(), &value) >= 0 else { throw damaged(name) }
      return .integer(value)
    case H5T_FLOAT:
      var value = 0.0
      guard H5Aread(attribute, chdf5_float64(), &value) >= 0 else { throw damaged(name) }
      return .number(value.bitPattern)
    default: return .other(words(for: type))
    }
  }

  private func string(_ name: String, _ attribute: Int64, _ type: Int64) throws -> String {
    guard H5Tis_variable_str(type) <= 0 else {
      var characters: UnsafeMutablePointer<CChar>?
      guard H5Aread(attribute, type, &characters) >= 0 else { throw damaged(name) }
      guard let characters else { return "" }
      defer { H5free_memory(characters) }
      return String(cString: characters)
    }
    let size = H5Tget_size(type)
    guard size <= Self.mostText else { throw damaged(name, "the text is too long") }
    var bytes = [UInt8](repeating: 0, count: size)
    guard H5Aread(attribute, type, &bytes) >= 0 else { throw damaged(name) }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// A text that HDF5 first tells the length of.
  private func text(_ name: String, _ read: (UnsafeMutablePointer<CChar>?, Int) -> Int) throws -> String {
    let count = read(nil, 0)
    guard count > 0, count < Self.mostText else { throw damaged(name) }
    var characters = [CChar](repeating: 0, count: count + 1)
    guard read(&characters, count + 1) > 0 else { throw damaged(name) }
    return characters.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  // MARK: Types

  /// The name of a type whose values can be read as they are, or what it is instead.
  private func element(_ type: Int64) -> String {
    let readable: [any HDF5Element.Type] = [Float.self, Double.self, Int64.self, UInt64.self, UInt8.self]
    let own = readable.first { H5Tequal(type, $0.nativeType) > 0 }
    return own?.elementName ?? "\(words(for: type)) of another kind"
  }

  private func words(for type: Int64) -> String {
    let bits = H5Tget_size(type) * 8
    switch H5Tget_class(type) {
    case H5T_FLOAT: return "float\(bits)"
    case H5T_INTEGER: return H5Tget_sign(type) == H5T_SGN_NONE ? "uint\(bits)" : "int\(bits)"
    case H5T_STRING: return "text"
    default: return "something else than numbers or text"
    }
  }
}
