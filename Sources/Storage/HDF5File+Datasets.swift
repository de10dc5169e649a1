import CHDF5

extension HDF5File {
  /// Writes `values`, in row-major order, as a new dataset; groups of its path are made as needed.
  ///
  /// - Parameters:
  ///   - name: The path in the file, as in `/test/accuracy`; it must be new.
  ///   - shape: Outermost dimension first; `[]` is one value.
  /// - Throws: `StorageError.notWritable`, `.tooLarge`.
  /// - Precondition: `values.count` is the product of `shape`.
  public func write<Element: HDF5Element>(
    _ name: String, _ values: [Element], shape: [Int]
  ) throws {
    precondition(values.count == shape.reduce(1, *), "'\(name)': values do not fill the shape")
    guard values.count <= Self.mostBytes / MemoryLayout<Element>.stride else {
      throw StorageError.tooLarge(
        name: name, file: path, bytes: values.count * MemoryLayout<Element>.stride, most: Self.mostBytes)
    }
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

  /// The shape of the uint8 dataset `name`, of which nothing is read.
  ///
  /// - Throws: `StorageError.missing`, `.wrongType`, `.damaged`.
  public func shape(of name: String) throws -> [Int] { try place(of: name, holding: UInt8.self).0.shape }

  /// Reads some rows (indices of the outermost dimension) of the uint8 dataset `name` into `buffer`.
  ///
  /// - Throws: `StorageError.missing`, `.wrongType`, `.damaged`, `.notReadable`.
  /// - Precondition: The rows exist, and fill `buffer`.
  /// - Complexity: O(bytes of the rows): no other is read.
  public func read(
    rows: Range<Int>, of name: String, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    let (dataset, place) = try place(of: name, holding: UInt8.self)
    precondition(0 <= rows.lowerBound && rows.upperBound <= dataset.shape[0], "'\(name)': no such rows")
    let size = dataset.shape.dropFirst().reduce(1, *)
    precondition(buffer.count == rows.count * size, "'\(name)': rows do not fill the buffer")
    try readBytes(at: place.lowerBound + rows.lowerBound * size, into: UnsafeMutableRawBufferPointer(buffer))
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
    let (dataset, place) = try place(of: name, holding: Element.self)
    guard place.count <= Self.mostBytes else { throw damaged(name, "its values are too many to be read at once") }
    let count = place.count / MemoryLayout<Element>.stride
    let values = try [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      try readBytes(
        at: place.lowerBound, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<count])))
      filled = count
    }
    return (dataset.shape, values)
  }

  /// Of a dataset that is written or read as a whole.
  private static let mostBytes = 4_000_000_000

  private func dataset(_ name: String) throws -> HDF5Contents.Dataset {
    guard let dataset = contents.datasets[HDF5Contents.path(name)] else {
      throw StorageError.missing(name: name, file: path)
    }
    return dataset
  }

  /// A dataset, and where in the file its values are.
  private func place<Element: HDF5Element>(
    of name: String, holding: Element.Type
  ) throws -> (HDF5Contents.Dataset, Range<Int>) {
    let dataset = try dataset(name)
    guard dataset.element == Element.elementName else {
      throw StorageError.wrongType(name: name, file: path, expected: Element.elementName, found: dataset.element)
    }
    var (bytes, overflows) = (MemoryLayout<Element>.stride, false)
    for extent in dataset.shape where !overflows && bytes > 0 {
      (bytes, overflows) = bytes.multipliedReportingOverflow(by: extent)
    }
    let length = length()
    guard !overflows, dataset.shape.allSatisfy({ $0 >= 0 }), dataset.offset >= 0, bytes >= 0, bytes <= length,
      dataset.offset <= length - bytes
    else { throw damaged(name, "its values lie beyond the end of the file") }
    return (dataset, dataset.offset..<dataset.offset + bytes)
  }

  private func damaged(_ name: String, _ reason: String) -> StorageError {
    .damaged(file: path, reason: "'\(name)': \(reason)")
  }
}
