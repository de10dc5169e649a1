import Foundation
import Storage
import TemporaryFolders
import Testing

@Suite struct HDF5FileTests {
  private func sample(at url: URL) throws {
    try AtomicFile.write(to: url) { temporary in
      let file = try HDF5File.create(at: temporary)
      try file.write("/test/accuracy", [0.25, 0.5, 0.75, 1, .nan, -0.0], shape: [2, 3])
      try file.write("/parameters/a/weights", [1.5, -2] as [Float], shape: [2, 1])
      try file.write("/test/episode", [0, .max] as [UInt64], shape: [2])
      try file.write("/counts", [-1, 5] as [Int64], shape: [2])
      try file.write("/bytes", [7] as [UInt8], shape: [])
      try file.write("/empty", [] as [Double], shape: [0, 4])
      try file.setAttribute("schema", 1)
      try file.setAttribute("rate", 0.5)
      try file.setAttribute("name", "Ångström")
      try file.setAttribute("nothing", "")
      try file.close()
      try file.close()
    }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    try sample(at: url)
    let file = try HDF5File.open(reading: url)
    let accuracy = try file.doubles("/test/accuracy")
    #expect(accuracy.shape == [2, 3])
    #expect(accuracy.values[..<4] == [0.25, 0.5, 0.75, 1])
    #expect(accuracy.values[4].isNaN && accuracy.values[5].sign == .minus)
    #expect(try file.floats("/parameters/a/weights").values == [1.5, -2])
    #expect(try file.uint64s("/test/episode").values == [0, .max])
    #expect(try file.int64s("/counts").values == [-1, 5])
    #expect(try file.bytes("/bytes") == ([], [7]))
    #expect(try file.doubles("/empty") == ([0, 4], []))
    #expect(try file.integer(attribute: "schema") == 1)
    #expect(try file.number(attribute: "rate") == 0.5)
    #expect(try file.text(attribute: "name") == "Ångström")
    #expect(try file.text(attribute: "nothing") == "")
    #expect(try file.text(attribute: "absent") == nil)
    #expect(file.contains("/parameters/a/weights") && file.contains("/test"))
    #expect(!file.contains("/parameters/b/weights"))
    #expect(file.names(in: "/") == ["bytes", "counts", "empty", "parameters", "test"])
    #expect(file.names(in: "/test") == ["accuracy", "episode"])
    #expect(file.names(in: "/absent").isEmpty)
  }

  @Test func equalCallsGiveEqualBytesAtAnyTime() async throws {
    let folder = try TemporaryFolder()
    try sample(at: folder.file("a.h5"))
    try await Task.sleep(for: .milliseconds(1_100))
    try sample(at: folder.file("b.h5"))
    #expect(try Data(contentsOf: folder.file("a.h5")) == Data(contentsOf: folder.file("b.h5")))
  }

  @Test func fileThatIsNotClosedIsNotWritten() throws {
    let folder = try TemporaryFolder()
    do {
      let file = try HDF5File.create(at: folder.file("a.h5"))
      try file.write("/a", [1.0], shape: [1])
    }
    #expect(try folder.names().isEmpty)
  }

  @Test func wrongNamesAndTypesAreErrorsThatNameTheFile() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    try sample(at: url)
    let file = try HDF5File.open(reading: url)
    #expect(throws: StorageError.missing(name: "/test/loss", file: url.path)) {
      try file.doubles("/test/loss")
    }
    #expect(
      throws: StorageError.wrongType(
        name: "/counts", file: url.path, expected: "uint64", found: "int64")
    ) { try file.uint64s("/counts") }
    #expect(throws: StorageError.self) { try file.floats("/test/accuracy") }
    #expect(throws: StorageError.self) { try file.integer(attribute: "name") }
    #expect(throws: StorageError.self) { try file.text(attribute: "schema") }
  }

  @Test func foreignAndAbsentFilesAreTold() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    #expect(throws: StorageError.notFound(file: url.path)) { try HDF5File.open(reading: url) }
    for text in ["", "name,value\n", String(repeating: "x", count: 10_000)] {
      try AtomicFile.write(text, to: url)
      #expect(throws: StorageError.notHDF5(file: url.path)) { try HDF5File.open(reading: url) }
    }
    #expect(throws: StorageError.self) { try HDF5File.open(reading: folder.url) }
    // A pipe is not waited for.
    let pipe = folder.file("pipe.h5")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    #expect(throws: StorageError.notReadable(file: pipe.path, reason: "it is not a file")) {
      try HDF5File.open(reading: pipe)
    }
  }

  @Test func fileCutShortAnywhereIsAnErrorAndNeverACrash() throws {
    let folder = try TemporaryFolder()
    let whole = folder.file("a.h5")
    try sample(at: whole)
    let bytes = try Data(contentsOf: whole)
    let cut = folder.file("cut.h5")
    for length in stride(from: 0, to: bytes.count - 16, by: 97) {
      try bytes.prefix(length).write(to: cut)
      #expect(throws: StorageError.self) { try HDF5File.open(reading: cut) }
    }
  }

  @Test func everyChangedByteIsNoticedBeforeHDF5SeesIt() throws {
    let folder = try TemporaryFolder()
    let whole = folder.file("a.h5")
    try sample(at: whole)
    let bytes = try Data(contentsOf: whole)
    let broken = folder.file("broken.h5")
    for position in stride(from: 0, to: bytes.count - 16, by: 101) {
      var copy = bytes
      copy[position] ^= 1 << (position % 8)
      try copy.write(to: broken)
      #expect(
        throws: StorageError.damaged(file: broken.path, reason: "its checksum is wrong"),
        "byte \(position)"
      ) { try HDF5File.open(reading: broken) }
    }
  }

  @Test func textsOfAnyLengthFit() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.h5")
    let long = String(repeating: "é", count: 200_000)
    let file = try HDF5File.create(at: url)
    try file.setAttribute("first", long)
    try file.setAttribute("second", long)
    try file.close()
    #expect(try HDF5File.open(reading: url).text(attribute: "second") == long)
  }

  @Test func aFullVolumeIsAnErrorAndLeavesNothing() throws {
    guard let volume = try SmallVolume(kilobytes: 1024) else { return }
    let url = volume.folder.file("a.h5")
    #expect(throws: StorageError.noSpace(file: url.path)) {
      try AtomicFile.write(to: url) { temporary in
        let file = try HDF5File.create(at: temporary)
        try file.write("/a", [Double](repeating: 1, count: 1 << 20), shape: [1 << 20])
        try file.close()
      }
    }
    #expect(try volume.folder.names().isEmpty)
  }

  @Test func manyThreadsMayUseFilesOfTheirOwn() async throws {
    let folder = try TemporaryFolder()
    let url = folder.url
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<16 {
        group.addTask {
          let file = url.appendingPathComponent("\(number).h5")
          let written = try HDF5File.create(at: file)
          try written.write("/a", [Double(number)], shape: [1])
          try written.close()
          #expect(try HDF5File.open(reading: file).doubles("/a").values == [Double(number)])
        }
      }
      try await group.waitForAll()
    }
  }
}
