import Foundation
import Storage
import TemporaryFolders
import Testing

@Suite struct LargeHDF5FileTests {
  let folder: TemporaryFolder
  let url: URL

  init() throws {
    folder = try TemporaryFolder()
    url = folder.file("large.h5")
  }

  private func write(to url: URL, rows: [Int] = [1, 0]) throws {
    try AtomicFile.write(to: url) { temporary in
      let spaces = [LargeHDF5File.Space("/big", [3, 40_000]), .init("/small", [2, 5])]
      let file = try LargeHDF5File.create(at: temporary, reserving: spaces) { layout in
        try layout.setAttribute("schema", 1)
        try layout.write("/counts", [1, 2] as [Int64], shape: [2])
      }
      // Rows come in any order, and one is never written.
      for row in rows {
        try file.write([UInt8](repeating: UInt8(row + 7), count: 40_000), to: "/big", at: row * 40_000)
      }
      #expect(try file.bytes(39_999..<40_001, of: "/big") == [7, 8])
      try file.write([1, 2, 3], to: "/small", at: 4)
      try file.close(leavingOut: "/big")
    }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    try write(to: url)
    let file = try HDF5File.open(reading: url)
    #expect(try file.integer(attribute: "schema") == 1)
    #expect(try file.int64s("/counts").values == [1, 2])
    #expect(try file.bytes("/small") == ([2, 5], [0, 0, 0, 0, 1, 2, 3, 0, 0, 0]))
    #expect(try file.shape(of: "/big") == [3, 40_000])
    #expect(try file.bytes("/big").values.last == 0)
    let row = try [UInt8](unsafeUninitializedCapacity: 40_000) { buffer, count in
      try file.read(
        rows: 1..<2, of: "/big", into: UnsafeMutableBufferPointer(rebasing: buffer[..<40_000]))
      count = 40_000
    }
    #expect(row.allSatisfy { $0 == 8 })
    #expect(throws: StorageError.missing(name: "/none", file: url.path)) {
      try file.shape(of: "/none")
    }
  }

  @Test func equalContentGivesEqualBytesInAnyOrder() throws {
    try write(to: url)
    try write(to: folder.file("again.h5"), rows: [0, 1])
    #expect(try Data(contentsOf: url) == Data(contentsOf: folder.file("again.h5")))
  }

  @Test func theChecksumLeavesOutOneDatasetOnly() throws {
    try write(to: url)
    #expect(try HDF5File.hasChecksum(url))
    let whole = try Data(contentsOf: url)
    let big = try #require(whole.range(of: Data(repeating: 7, count: 100)))
    for offset in stride(from: 0, to: whole.count, by: 97) {
      var bytes = whole
      bytes[offset] ^= 4
      try bytes.write(to: url)
      let isBig = (big.lowerBound..<big.lowerBound + 120_000).contains(offset)
      #expect((try? HDF5File.open(reading: url)) != nil || !isBig, "byte \(offset)")
      #expect((try? HDF5File.open(reading: url)) == nil || isBig, "byte \(offset)")
    }
    try whole.dropLast(9).write(to: url)
    #expect(try !HDF5File.hasChecksum(url))
  }

  @Test func aFullDiskIsSaidFirst() throws {
    // Skipped where a small volume cannot be mounted: that takes root.
    guard let volume = try SmallVolume(kilobytes: 100) else { return }
    let file = volume.url.appendingPathComponent("large.h5")
    #expect(throws: StorageError.noSpace(file: file.path)) { try write(to: file) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: volume.url.path) == [])
  }
}
