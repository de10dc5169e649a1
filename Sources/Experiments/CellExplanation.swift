import Digests
import Foundation
import Results
import Storage
import Suites
import Tensors

/// Where every number of a cell comes from: values, streams, digests, program and machine.
public struct CellExplanation: Sendable, Encodable {
  /// A resolved value.
  public struct Value: Sendable, Encodable {
    /// For example `train.iterations`.
    public let name: String
    /// As the configuration has it.
    public let value: String
    /// The file that says it; nil for a default.
    public let file: String?
    /// The line of that file; nil for a default.
    public let line: Int?
    /// The keys that lead to it in the file, or `default`.
    public let key: String

    /// `file:line`, or `default`.
    public var origin: String { file.map { "\($0):\(line ?? 1)" } ?? key }
  }

  /// What some of the cell's randomness is for, and its address.
  public struct Stream: Sendable, Encodable {
    /// What it is for.
    public let purpose: String
    /// As ``StreamAddress`` describes it; letters are coordinates that count from 0.
    public let address: String
  }

  /// A digest, and of what.
  public struct NamedDigest: Sendable, Encodable {
    /// Of what.
    public let name: String
    /// In hexadecimal.
    public let digest: String
  }

  /// The cell's id.
  public let cell: String
  /// The suite's name.
  public let suite: String
  /// Every value that can change the cell's numbers.
  public let values: [Value]
  /// Every stream of randomness.
  public let streams: [Stream]
  /// Of configuration, suite file, data, split and, where there is one, result.
  public let digests: [NamedDigest]
  /// What made the stored result; nil if there is none.
  public let madeWith: Provenance?
  /// What would make it now.
  public let madeNow: Provenance
  /// Whether the stored result has to come out bit by bit on this machine; nil if there is none.
  public let isReproducibleHere: Bool?

  /// Explains a cell of a suite.
  ///
  /// - Parameters:
  ///   - datasets: Those that can be opened tell the digests of their content.
  ///   - record: The cell's result, if there is one.
  public init(_ cell: Cell, of suite: Suite, datasets: OpenDatasets, record: CellRecord?) {
    self.cell = cell.id
    self.suite = suite.name
    values = cell.values.map { name, value in
      let origin = suite.origin(of: name, in: cell)
      return Value(
        name: name, value: value, file: origin?.place.file, line: origin?.place.line,
        key: origin?.key ?? "default")
    }
    streams = Self.streams(of: cell)
    // A dataset that is not imported has no digests to tell, and the rest is told all the same.
    try? datasets.prepare([cell])
    let content = datasets.digests
    digests = Self.digests(of: cell, suite, content: content, record)
    madeWith = record.flatMap { Provenance(json: $0.provenance) }
    madeNow = Host.provenance(of: [cell], datasets: datasets, threads: Workers.threads)
    isReproducibleHere = record.map { Host.computesLike($0.provenance) }
  }

  private static func streams(of cell: Cell) -> [Stream] {
    let streams = CellStreams(cell)
    let unit = streams.unitPurpose
    var list = [
      Stream(
        purpose: "test \(unit) i, shared by all algorithms and repeats",
        address: "\(streams.units(of: .test)) > \(unit) (i)"),
      Stream(
        purpose: "validation \(unit) i, shared alike",
        address: "\(streams.units(of: .validation)) > \(unit) (i)"),
    ]
    list += cell.plan.streams.map { use in
      let root =
        switch use.root {
        case .weights: streams.weightsAddress
        case .order: streams.trainingOrderAddress
        case .noise: streams.noiseAddress
        }
      return Stream(purpose: use.purpose, address: "\(root) > \(use.address)")
    }
    return list
  }

  private static func digests(
    of cell: Cell, _ suite: Suite, content: [String: String], _ record: CellRecord?
  ) -> [NamedDigest] {
    var list = [
      NamedDigest(name: "configuration", digest: Digest.hex(of: cell.configuration)),
      NamedDigest(name: "suite file", digest: suite.digest),
      NamedDigest(name: "split \(cell.dataset)/\(cell.split)", digest: cell.splitDigest),
    ]
    for name in content.keys.sorted() {
      list.append(NamedDigest(name: "data \(name)", digest: content[name]!))
    }
    if let record {
      list.append(NamedDigest(name: "result", digest: record.digest))
      list.append(NamedDigest(name: "parameters", digest: record.parametersDigest))
    }
    return list
  }
}
