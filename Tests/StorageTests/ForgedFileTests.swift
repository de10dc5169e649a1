import CHDF5
import Foundation
import Storage
import TemporaryFolders
import Testing

/// Files whose checksum is right and whose content this program would never write.
@Suite struct ForgedFileTests {
  /// Writes a file with HDF5 itself, and ends it with a right checksum.
  private func forge(at url: URL, _ body: (_ file: Int64) -> Void) throws {
    HDF5Library.enter {
      let file = H5Fcreate(url.path, 2, 0, 0)
      body(file)
      H5Fclose(file)
    }
    let content = Array(try Data(contentsOf: url))
    try Data(content + Trailer.bytes(for: content)).write(to: url)
  }

  /// Makes the dataset `/a` of eight float64.
  private static func dataset(_ file: Int64, _ describe: (_ creation: Int64) -> Void) {
    let space = H5Screate_simple(1, [8], nil)
    let creation = H5Pcreate(chdf5_dataset_create())
    describe(creation)
    let dataset = H5Dcreate2(file, "a", Double.nativeType, space, 0, creation, 0)
    _ = H5Dwrite(dataset, Double.nativeType, 0, 0, 0, [Double](repeating: 1, count: 8))
    H5Dclose(dataset)
    H5Pclose(creation)
    H5Sclose(space)
  }

  enum Trick: CaseIterable {
    case packed, inPieces, inAnotherFile, virtual, softLink, externalLink
  }

  @Test(arguments: Trick.allCases) func whatIsNeverWrittenIsRefused(_ trick: Trick) throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    try Data(repeating: 1, count: 64).write(to: folder.file("other"))
    try forge(at: url) { file in
      switch trick {
      case .packed:
        Self.dataset(file) {
          H5Pset_chunk($0, 1, [8])
          H5Pset_deflate($0, 9)
        }
      case .inPieces: Self.dataset(file) { H5Pset_chunk($0, 1, [4]) }
      case .inAnotherFile: Self.dataset(file) { H5Pset_external($0, folder.file("other").path, 0, 64) }
      case .virtual:
        Self.dataset(file) {
          let space = H5Screate_simple(1, [8], nil)
          H5Pset_virtual($0, space, folder.file("other").path, "a", space)
          H5Sclose(space)
        }
      case .softLink: H5Lcreate_soft("/b", file, "a", 0, 0)
      case .externalLink: H5Lcreate_external(folder.file("other").path, "/b", file, "a", 0, 0)
      }
    }
    let error = #expect(throws: StorageError.self) { try HDF5File.open(reading: url).doubles("/a") }
    guard case .damaged(url.path, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("'/a': ") && reason.contains("this program never writes"))
  }

  @Test func groupsThatHoldThemselvesAreRefused() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    try forge(at: url) { file in
      H5Gclose(H5Gcreate2(file, "a", 0, 0, 0))
      H5Lcreate_hard(file, "/", file, "a/b", 0, 0)
    }
    let error = #expect(throws: StorageError.self) { try HDF5File.open(reading: url) }
    #expect("\(error!)".contains("too deep"))
  }

  /// Also where sizes are too large to be counted.
  @Test(arguments: [[9], [-1], [1 << 62, 4], [1 << 40]])
  func valuesBeyondTheEndAreRefused(shape: [Int]) throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    try Data(repeating: 0, count: 80).write(to: url)
    for offset in [16, 80, -1, .max] {
      var contents = HDF5Contents()
      contents.datasets["/a"] = .init(element: "float64", shape: shape, offset: offset)
      let file = HDF5File(reading: url, descriptor: open(url.path, O_RDONLY), contents: contents)
      #expect(
        throws: StorageError.damaged(file: url.path, reason: "'/a': its values lie beyond the end of the file")
      ) { try file.doubles("/a") }
    }
  }

  @Test func aDatasetThatCouldNotBeReadIsNotWritten() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    let file = try HDF5File.create(at: url)
    // Memory that is not touched costs nothing.
    let count = 4_000_000_001
    let values = [UInt8](unsafeUninitializedCapacity: count) { $1 = count }
    #expect(throws: StorageError.tooLarge(name: "/a", file: url.path, bytes: count, most: 4_000_000_000)) {
      try file.write("/a", values, shape: [count])
    }
  }

  /// A run puts another checkpoint in place of one that is being opened.
  @Test func aFileThatIsReplacedMeanwhileIsReadWhole() async throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    func write(_ count: Int) throws {
      try AtomicFile.write(to: url) { temporary in
        let file = try HDF5File.create(at: temporary)
        try file.setAttribute("text", String(repeating: "x", count: 100 * count))
        try file.write("/a", [Double](repeating: Double(count), count: count), shape: [count])
        try file.close()
      }
    }
    try write(1)
    let writer = Task.detached {
      for count in 1...200 { try write(count) }
    }
    for _ in 0..<200 {
      let values = try HDF5File.open(reading: url).doubles("/a").values
      #expect(values.allSatisfy { $0 == Double(values.count) })
    }
    try await writer.value
  }
}
