import ArgumentParser
import Foundation

/// The option of all commands whose answer a script may read.
struct JSONOption: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "The answer's format: text for people, or json for scripts.")
  var format = Format.text

  @Flag(name: .customLong("json"), help: "The same as '--format json'.")
  var isJSON = false

  var isOn: Bool { isJSON || format == .json }
}

/// A value as JSON with sorted keys. Numbers that JSON does not have are the texts `NaN`, `Infinity` and
/// `-Infinity`.
func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
