import Foundation

/// On what and with what a cell was made: kept with the result, never part of its digest.
public struct Provenance: Codable, Sendable, Equatable {
  /// The program's version.
  public var version: String
  /// The commit of the sources, or empty if unknown.
  public var commit: String
  /// The compiler, in its own words.
  public var swift: String
  /// The operating system.
  public var system: String
  /// The CPU's model name.
  public var cpu: String
  /// The CPU's flags that choose between kernels.
  public var cpuFlags: [String]
  /// The number of threads.
  public var threads: Int
  /// The matrix kernels that ran.
  public var kernels: String
  /// The digests of the data that were used: of the named list of each dataset and split, and of
  /// the content of each of its parts.
  public var data: [String: String]
  /// The SHA-256 of the program's file; nil in results of programs that did not record it.
  public var program: String?
  /// How many examples the classes had in each part of a dataset that may be imported incompletely,
  /// by dataset, split and part, as in `mini-imagenet/ravi/train`; nil where there was none such.
  public var examplesPerClass: [String: ExampleCount]?
  /// The linear algebra library and its kernels; nil where it could not be loaded, and in results of
  /// programs that did not have it.
  public var linearAlgebra: String?
  /// What the parameters are of, where a cell was tested again with those of another; nil where it was
  /// trained itself.
  public var trained: Trained?

  /// The cell whose training a result was tested with.
  public struct Trained: Codable, Sendable, Equatable {
    /// Its id.
    public var cell: String
    /// The digest of its result.
    public var digest: String
    /// On what and with what it was made.
    public var provenance: String

    /// A training from its parts.
    public init(cell: String, digest: String, provenance: String) {
      self.cell = cell
      self.digest = digest
      self.provenance = provenance
    }
  }

  /// On what and with what the result was trained: the same where it was not tested again.
  public var ofTraining: Provenance { trained.flatMap { Provenance(json: $0.provenance) } ?? self }

  /// How many examples classes had.
  public struct ExampleCount: Codable, Sendable, Equatable {
    /// In the smallest class.
    public var fewest: Int
    /// In the largest class.
    public var most: Int
    /// In every class of the complete dataset.
    public var complete: Int

    /// A count from its parts.
    public init(fewest: Int, most: Int, complete: Int) {
      self.fewest = fewest
      self.most = most
      self.complete = complete
    }

    /// `600`, or `500 (of 600)`, or `498 to 500 (of 600)`.
    public var text: String {
      let range = fewest == most ? "\(fewest)" : "\(fewest) to \(most)"
      return fewest < complete ? "\(range) (of \(complete))" : range
    }
  }

  /// A provenance from its parts.
  public init(
    version: String, commit: String, swift: String, system: String, cpu: String,
    cpuFlags: [String], threads: Int, kernels: String, data: [String: String], program: String? = nil,
    examplesPerClass: [String: ExampleCount]? = nil, linearAlgebra: String? = nil
  ) {
    self.version = version
    self.commit = commit
    self.swift = swift
    self.system = system
    self.cpu = cpu
    self.cpuFlags = cpuFlags
    self.threads = threads
    self.kernels = kernels
    self.data = data
    self.program = program
    self.examplesPerClass = examplesPerClass
    self.linearAlgebra = linearAlgebra
  }

  /// The provenance in JSON, with sorted keys.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts, integers and lists of them can always be encoded.
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }

  /// The provenance that `json` gave; nil if the text is something else.
  public init?(json: String) {
    guard let value = try? JSONDecoder().decode(Provenance.self, from: Data(json.utf8)) else {
      return nil
    }
    self = value
  }
}
