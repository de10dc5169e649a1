import CHDF5

extension HDF5File {
  /// Writes `values`, in row-major order, as a new dataset; groups of its path are made as needed.
  ///
  /// - Parameters:
  ///   - name: The path in the file, as in `/test/accuracy`; it must be new.
  ///   - shape: Outermost dimension first; `[]` is one value.
  /// - Throws: `StorageError.notWritable`.
  /// - Precondition: `values.count` is the product of `shape`.
  public func write<Element: HDF5Element>(
    _ name: String, _ values: [Element], shape: [Int]
  ) throws {
    precondition(values.count == shape.reduce(1, *), "'\(name)': values do not fill the shape")
    try HDF5Library.enter {
      let space = shape.isEmpty
        ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(shape.count), shape.map(hsize_t.init), nil)
      defer { H5Sclose(space) }
      let creation = H5Pcreate(chdf5_dataset_create())
      defer { H5Pclose(creation) }
      H5Pset_obj_track_times(creation, false)
      let links = H5Pcreate(chdf5_link_create())
      defer { H5Pclose(links) }
      H5Pset_create_intermediate_group(links, 1)
      let dataset = H5Dcreate2(id, name, Element.nativeType, space, links, creation, 0)
      guard dataset >= 0 else { throw failedToWrite() }
      defer { H5Dclose(dataset) }
      guard values.isEmpty || H5Dwrite(dataset, Element.nativeType, 0, 0, 0, values) >= 0 else {
        throw failedToWrite()
      }
    }
  }

  /// The float32 dataset `name` and its shape.
  ///
  /// - Throws: `StorageError.missing`, `.wrongType`, `.damaged`.
  public func floats(_ name: String) throws -> (shape: [Int], values: [Float]) {
    try read(name)
  }

  /// The float64 dataset `name` and its shape.
  ///
  /// - Throws: `StorageError.missing`, `.wrongType`, `.damaged`.
  public func doubles(_ name: String) throws -> (shape: [Int], values: [Double]) {
    try read(name)
  }

  /// The int64 dataset `name` and its shape.
  ///
  /// - Throws: `StorageError.missing`, `.wrongType`, `.damaged`.
  public func int64s(_ name: String) throws -> (shape: [Int], values: [Int64]) {
    try read(name)
  }

  /// The uint64 dataset `name` and its shape.
  ///
  /// - Throws: `StorageError.missing`, `.wrongType`, `.damaged`.
  public func uint64s(_ name: String) throws -> (shape: [Int], values: [UInt64]) {
    try read(name)
  }

  /// The uint8 dataset `name` and its shape.
  ///
  /// - Throws: `StorageError.missing`, `.wrongType`, `.damaged`.
  public func bytes(_ name: String) throws -> (shape: [Int], values: [UInt8]) {
    try read(name)
  }

  /// The shape of the dataset `name`, of which nothing is read.
  ///
  /// - Throws: `StorageError.missing`, `.damaged`.
  public func shape(of name: String) throws -> [Int] {
    try HDF5Library.enter {
      guard exists(name) else { throw StorageError.missing(name: name, file: path) }
      let dataset = H5Dopen2(id, name, 0)
      guard dataset >= 0 else { throw damaged(name) }
      defer { H5Dclose(dataset) }
      return try shape(name, dataset)
    }
  }

  /// Reads some rows (indices of the outermost dimension) of the uint8 dataset `name` into `buffer`.
  ///
  /// - Throws: `StorageError.missing`, `.wrongType`, `.damaged`.
  /// - Precondition: The rows exist, and fill `buffer`.
  /// - Complexity: O(bytes of the rows): no other is read.
  public func read(
    rows: Range<Int>, of name: String, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    try HDF5Library.enter {
      guard exists(name) else { throw StorageError.missing(name: name, file: path) }
      let dataset = H5Dopen2(id, name, 0)
      guard dataset >= 0 else { throw damaged(name) }
      defer { H5Dclose(dataset) }
      try check(name, dataset, holds: UInt8.self)
      let shape = try shape(name, dataset)
      precondition(0 <= rows.lowerBound && rows.upperBound <= shape[0], "'\(name)': no such rows")
      let wanted = [rows.count] + shape.dropFirst()
      precondition(buffer.count == wanted.reduce(1, *), "'\(name)': rows do not fill the buffer")
      let start = [rows.lowerBound] + shape.dropFirst().map { _ in 0 }
      let space = H5Dget_space(dataset)
      defer { H5Sclose(space) }
      let memory = H5Screate_simple(Int32(wanted.count), wanted.map(hsize_t.init), nil)
      defer { H5Sclose(memory) }
      guard
        H5Sselect_hyperslab(
          space, H5S_SELECT_SET, start.map(hsize_t.init), nil, wanted.map(hsize_t.init), nil) >= 0,
        H5Dread(dataset, UInt8.nativeType, memory, space, 0, buffer.baseAddress) >= 0
      else { throw damaged(name) }
    }
  }

  /// Makes room for a uint8 dataset whose values are written past HDF5.
  ///
  /// - Returns: Where in the file it begins.
  /// - Throws: `StorageError.notWritable`.
  func reserve(_ name: String, shape: [Int]) throws -> Int {
    try HDF5Library.enter {
      let space = H5Screate_simple(Int32(shape.count), shape.map(hsize_t.init), nil)
      defer { H5Sclose(space) }
      let creation = H5Pcreate(chdf5_dataset_create())
      defer { H5Pclose(creation) }
      H5Pset_obj_track_times(creation, false)
      H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY)
      H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER)
      let dataset = H5Dcreate2(id, name, UInt8.nativeType, space, 0, creation, 0)
      guard dataset >= 0 else { throw failedToWrite() }
      defer { H5Dclose(dataset) }
      let offset = H5Dget_offset(dataset)
      guard let offset = Int(exactly: offset) else { throw failedToWrite() }
      return offset
    }
  }

  private func read<Element: HDF5Element>(
    _ name: String
  ) throws -> (shape: [Int], values: [Element]) {
    try HDF5Library.enter {
      guard exists(name) else { throw StorageError.missing(name: name, file: path) }
      let dataset = H5Dopen2(id, name, 0)
      guard dataset >= 0 else { throw damaged(name) }
      defer { H5Dclose(dataset) }
      try check(name, dataset, holds: Element.self)
      let shape = try shape(name, dataset)
      var (count, overflows) = (1, false)
      for extent in shape where !overflows {
        (count, overflows) = count.multipliedReportingOverflow(by: extent)
      }
      // A broken header may ask for any amount of memory; no filter packs better than 1 : 1,100.
      let stored = Double(H5Dget_storage_size(dataset))
      let bytes = Double(count) * Double(MemoryLayout<Element>.stride)
      guard !overflows, bytes <= stored * 1_100, bytes <= Self.mostBytes else { throw damaged(name) }
      guard count > 0 else { return (shape, []) }
      let values = try [Element](unsafeUninitializedCapacity: count) { buffer, filled in
        guard H5Dread(dataset, Element.nativeType, 0, 0, 0, buffer.baseAddress) >= 0 else {
          throw damaged(name)
        }
        filled = count
      }
      return (shape, values)
    }
  }

  /// Of a dataset that is read as a whole.
  private static let mostBytes = 4e9

  private func shape(_ name: String, _ dataset: Int64) throws -> [Int] {
    let space = H5Dget_space(dataset)
    guard space >= 0 else { throw damaged(name) }
    defer { H5Sclose(space) }
    let rank = H5Sget_simple_extent_ndims(space)
    guard rank >= 0 else { throw damaged(name) }
    var extents = [hsize_t](repeating: 0, count: Int(rank))
    guard rank == 0 || H5Sget_simple_extent_dims(space, &extents, nil) >= 0 else {
      throw damaged(name)
    }
    return try extents.map {
      guard let extent = Int(exactly: $0) else { throw damaged(name) }
      return extent
    }
  }

  private func check<Element: HDF5Element>(
    _ name: String, _ dataset: Int64, holds: Element.Type
  ) throws {
    let type = H5Dget_type(dataset)
    guard type >= 0 else { throw damaged(name) }
    defer { H5Tclose(type) }
    let native = Element.nativeType
    let kind = H5Tget_class(type)
    if kind == H5Tget_class(native), H5Tget_size(type) == H5Tget_size(native),
      kind != H5T_INTEGER || H5Tget_sign(type) == H5Tget_sign(native)
    {
      return
    }
    throw StorageError.wrongType(
      name: name, file: path, expected: Element.elementName, found: Self.words(for: type))
  }

  static func words(for type: Int64) -> String {
    let bits = H5Tget_size(type) * 8
    let kind = H5Tget_class(type)
    if kind == H5T_FLOAT { return "float\(bits)" }
    if kind == H5T_INTEGER {
      return H5Tget_sign(type) == H5T_SGN_NONE ? "uint\(bits)" : "int\(bits)"
    }
    if kind == H5T_STRING { return "text" }
    return "something else than numbers or text"
  }

  func damaged(_ name: String) -> StorageError {
    .damaged(file: path, reason: "'\(name)': \(HDF5Library.lastMessage())")
  }
}
