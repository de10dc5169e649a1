import Digests
import Measures
import Storage

/// How files hold archives.
extension HDF5File {
  /// Writes an archive below `group`; the order of its arrays, which HDF5 does not keep, is an attribute.
  func write(_ archive: Archive, in group: String) throws {
    try write(archive.arrays, in: group)
    for (name, value) in archive.integers.sorted(by: { $0.key < $1.key }) {
      try write("/integers of \(group)/\(name)", [Int64(value)], shape: [])
    }
    for (name, values) in archive.numbers.sorted(by: { $0.key < $1.key }) {
      try write("/numbers of \(group)/\(name)", values, shape: [values.count])
    }
  }

  func archive(in group: String) throws -> Archive {
    var archive = Archive(arrays: try readArrays(in: group))
    for name in names(in: "/integers of \(group)") {
      archive.integers[name] = try state("/integers of \(group)/\(name)")
    }
    for name in names(in: "/numbers of \(group)") {
      archive.numbers[name] = try doubles("/numbers of \(group)/\(name)").values
    }
    return archive
  }
}

extension Digest {
  mutating func absorb(_ archive: Archive) {
    for (name, value) in archive.integers.sorted(by: { $0.key < $1.key }) {
      absorb(name)
      absorb(value)
    }
    for (name, values) in archive.numbers.sorted(by: { $0.key < $1.key }) {
      absorb(name)
      absorb(values)
    }
    absorb(CellRecord.digest(of: archive.arrays))
  }
}
