import FewShotCells
import Foundation
import Measures
import Results
import Storage
import TemporaryFolders
import Testing

/// What is forged behind a right checksum: HDF5 crashes on some of it, which must end nothing but a process of its own.
@Suite struct ForgedFileTests {
  private func cell(at url: URL) throws -> [UInt8] {
    let record = CellRecord(
      suite: "suite", cell: "cell", algorithm: "maml", dataset: "omniglot", split: "vinyals", way: 5, shot: 1, query: 15,
      repetition: 0, metric: "accuracy", configuration: "{}", provenance: "{}", status: .done,
      test: TestOutcomes(scores: [0.5, 1], steps: 1, digests: [1]))
    try CellFile.write(record, to: url)
    return Array(try Data(contentsOf: url).dropLast(16))
  }

  @Test func anyByteOfTextsAndHeadersMayBeForged() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    let url = folder.file("cell.h5")
    let bytes = try cell(at: url)
    #expect(try program.run("show", url.path).code == 0)
    // Where HDF5 keeps texts: every field of the heap's head and of its first objects.
    let heap = try #require(Data(bytes).firstRange(of: Data("GCOL".utf8))).lowerBound
    for position in Array(heap..<heap + 48) + Array(stride(from: 8, to: bytes.count, by: bytes.count / 30)) {
      for value: UInt8 in [0x7f, 0xff] {
        var forged = bytes
        forged[position] = value
        try Data(forged + Trailer.bytes(for: forged)).write(to: url)
        let ending = try program.run("show", url.path)
        #expect([0, 1, 2].contains(ending.code), "byte \(position): \(ending.errors.prefix(200))")
        if ending.code != 0 { #expect(ending.errors.hasPrefix("Error: ") && ending.errors.contains(url.path)) }
      }
    }
  }

  @Test func fewFilesMayBeOpenAtOnce() throws {
    let folder = try TemporaryFolder()
    let ending = try Program(folder: folder.url).shell("ulimit -n 12; $PROGRAM list datasets")
    #expect(ending.code == 2)
    #expect(ending.errors == "Error: only 12 files may be open at once, and 32 are needed. Raise the limit: ulimit -n 1024.\n")
  }
}
