import CKernels
import Digests
import Foundation
import LinearAlgebra
import Results
import Storage
import Suites
import Tensors

/// The machine and the program that results come from.
public enum Host {
  /// The program's version.
  public static let version = "0.1.0"

  /// The provenance of results for these cells.
  ///
  /// - Parameter datasets: With the parts that are used open.
  static func provenance(of cells: [Cell], datasets: OpenDatasets, threads: Int) -> Provenance {
    var data = datasets.digests
    let examples = datasets.examplesPerClass.mapValues {
      Provenance.ExampleCount(fewest: $0.fewest, most: $0.most, complete: $0.complete)
    }
    for cell in cells { data["\(cell.dataset)/\(cell.split)"] = cell.splitDigest }
    return Provenance(
      version: version, commit: commit, swift: compiler, system: system, cpu: cpu.model,
      cpuFlags: cpu.flags, threads: threads, kernels: kernels, data: data,
      program: program, examplesPerClass: examples.isEmpty ? nil : examples,
      linearAlgebra: try? OpenBLAS.description)
  }

  /// The CPU that the kernels in use are compiled for.
  public static var instructionSet: String { String(cString: mb_instruction_set()) }

  /// The kernels in use and the C library, whose exponential and logarithm are used.
  static var kernels: String {
    "\(instructionSet), glibc \(String(cString: mb_c_library()))"
  }

  /// The SHA-256 of this program's file; empty where the system does not show it.
  static let program: String = {
    var digest = Digest()
    guard let file = try? Data(contentsOf: URL(fileURLWithPath: "/proc/self/exe")) else { return "" }
    file.withUnsafeBytes { digest.absorb(bytes: $0) }
    return digest.hex
  }()

  /// Whether a result of this provenance must come out again bit by bit here: it was made with the
  /// same kernels, on a CPU with the same flags.
  static func computesLike(_ provenance: String) -> Bool {
    guard let made = Provenance(json: provenance) else { return false }
    return made.kernels == kernels && made.cpuFlags == cpu.flags
  }

  /// What bits depend on besides the cell: a checkpoint goes on only where this is equal.
  static let identity = Digest.hex(of: ([program, kernels] + cpu.flags).joined(separator: "\n"))

  /// The compiler, in its own words.
  public static var compiler: String { String(cString: mb_compiler()) }

  /// Kernel name and release.
  static var system: String {
    var name = utsname()
    uname(&name)
    func text<T>(_ field: T) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
  }

  /// The linear algebra library and its kernels, or why there is none.
  public static var linearAlgebra: String {
    do { return try OpenBLAS.description } catch { return "none: \(error)" }
  }

  /// The commit that the program was installed from, or of the checkout when the run began, if the
  /// program lies where it was built; with "+" behind it where the sources were changed; empty if
  /// unknown. The program itself is told by ``program``.
  static let commit: String = {
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    // `make install` leaves it beside the program.
    let installed = program.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("share/metabench/commit")
    if let text = try? String(contentsOf: installed, encoding: .utf8) {
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    guard program.pathComponents.contains(".build") else { return "" }
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    guard let head = git(["rev-parse", "HEAD"], in: sources) else { return "" }
    let changes = git(["status", "--porcelain", "--", ":/Sources", ":/Package.swift"], in: sources) ?? ""
    return head + (changes.isEmpty ? "" : "+")
  }()

  private static func git(_ arguments: [String], in folder: URL) -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder.path] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The CPU's model and the flags that choose between kernels.
  public static let cpu: (model: String, flags: [String]) = {
    let lines = ((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "")
      .split(separator: "\n")
    func value(_ key: String) -> String? {
      lines.first { $0.hasPrefix(key) }?
        .split(separator: ":", maxSplits: 1).last.map {
          $0.trimmingCharacters(in: .whitespaces)
        }
    }
    let flags = (value("flags") ?? "").split(separator: " ").map(String.init)
    return (
      value("model name") ?? "unknown",
      flags.filter { $0.hasPrefix("avx") || $0 == "fma" || $0 == "sse4_2" }.sorted()
    )
  }()
}
