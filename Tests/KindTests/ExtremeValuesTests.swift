import Episodes
import Kinds
import Suites
import Testing

/// Every number that a suite may say, as small and as large as it can be written: there is a plan, or an error that
/// says where and why, and never anything else.
struct ExtremeValuesTests {
  private static let written = [
    "-9223372036854775809", "-9223372036854775808", "-1", "0", "1", "100000", "1000000", "1000000000", "9223372036854775807",
    "9223372036854775808", "1e300", "-1e300", "1e-300", "0.5", "99999999999999999999999999",
  ]

  /// A suite of one cell, in which all is said that can be.
  private struct Sample {
    let kind: KindDescription
    let system: RegisteredSystem
    let dataset: DatasetDescription
    let split: String
    let axes: [SettingDescription]
    let settings: [SettingDescription]
    let training: [SettingDescription]
    let testing: [SettingDescription]

    init?(_ kind: RegisteredKind, _ system: RegisteredSystem, _ dataset: DatasetDescription, _ split: String) {
      guard let settings = system.settings(dataset) else { return nil }
      self.kind = kind.description
      self.system = system
      self.dataset = dataset
      self.split = split
      self.settings = settings
      axes = kind.description.axes(dataset)
      training = kind.description.training
      testing = kind.description.testing.filter { $0.name != "until" }
      guard (try? Suite(yaml: yaml(), file: "suite.yaml")) != nil else { return nil }
    }

    /// - Parameter change: What one of the values is instead.
    func yaml(_ section: String = "", _ name: String = "", is change: String = "") -> String {
      func values(_ descriptions: [SettingDescription], _ here: String) -> String {
        descriptions.compactMap { description in
          let value = section == here && name == description.name ? change : Self.usual(description)
          return value.map { "\(description.name): \($0)" }
        }.joined(separator: ", ")
      }
      let entry = (["name: \(system.name)"] + [values(settings, "settings")]).filter { !$0.isEmpty }
      let repeats = section == "repeat" ? ", repeat: \(change)" : ""
      return """
        suite: extremes
        version: \(section == "version" ? change : "1")
        seed: \(section == "seed" ? change : "1")
        grid: { algorithm: { \(entry.joined(separator: ", ")) }, dataset: \(dataset.name), \(values(axes, "axes"))\(repeats) }
        protocol:
          kind: \(kind.name)
          split: \(split)
          train: { \(values(training, "train")) }
          test: { \(values(testing, "test")) }
        """
    }

    /// A value where one must be said: that of the example, or a small one; nil to leave it at its default.
    private static func usual(_ description: SettingDescription) -> String? {
      guard case .integer(let standard) = description.standard else { return nil }
      if let example = description.example { return String(example.split { !$0.isNumber }[0]) }
      let isAsked = ["metaBatch", "query", "iterations", "episodes"].contains(description.name)
      return isAsked || standard < Int(description.minimum) ? "2" : nil
    }

    var numbers: [(section: String, name: String)] {
      func all(_ descriptions: [SettingDescription], _ section: String) -> [(String, String)] {
        descriptions.filter {
          switch $0.standard {
          case .integer, .number: true
          default: false
          }
        }.map { (section, $0.name) }
      }
      return all(axes, "axes") + all(settings, "settings") + all(training, "train") + all(testing, "test")
    }
  }

  @Test func thereIsAPlanOrAnErrorThatSaysWhy() throws {
    var (tried, refused) = (0, 0)
    for kind in Catalog.standard.kinds {
      for system in kind.systems {
        let samples = Catalog.standard.datasets.lazy.flatMap { dataset in
          dataset.splits.lazy.compactMap { Sample(kind, system, dataset, $0.name) }
        }
        let sample = try #require(samples.first { _ in true }, "\(kind.description.name) \(system.name)")
        let ofSuite = system.name == kind.systems[0].name ? [("seed", ""), ("version", ""), ("repeat", "")] : []
        for (section, name) in sample.numbers + ofSuite {
          // A hundred thousand cells are allowed, and take seconds.
          for value in Self.written where section != "repeat" || value != "100000" {
            tried += 1
            do {
              let suite = try Suite(yaml: sample.yaml(section, name, is: value), file: "suite.yaml")
              #expect(!suite.cells.isEmpty)
            } catch let error as SuiteError {
              refused += 1
              #expect(error.place != nil, "\(error)")
            }
          }
        }
      }
    }
    #expect(tried > 4000 && refused > 2000 && refused < tried, "\(tried) tried, \(refused) refused")
  }
}
