import Yams

extension SuiteNode {
  /// The tree of a YAML text, with the parser's own errors turned into ours.
  ///
  /// - Throws: `SuiteError`.
  init(yaml: String, file: String) throws {
    func place(_ mark: Mark) -> SourcePlace {
      SourcePlace(file: file, line: mark.line, column: mark.column)
    }
    let start = SourcePlace(file: file, line: 1, column: 1)
    do {
      guard let root = try Yams.compose(yaml: yaml) else {
        throw SuiteError.invalidYAML(start, problem: "the file is empty")
      }
      self.init(file: file, path: "", node: root)
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      throw SuiteError.duplicateKey(place(context.mark), key: keys[0])
    } catch YamlError.scanner(_, let problem, let mark, _) {
      throw SuiteError.invalidYAML(place(mark), problem: problem)
    } catch YamlError.parser(_, let problem, let mark, _) {
      throw SuiteError.invalidYAML(place(mark), problem: problem)
    } catch YamlError.composer(_, let problem, let mark, _) {
      throw SuiteError.invalidYAML(place(mark), problem: problem)
    } catch let error as YamlError {
      throw SuiteError.invalidYAML(start, problem: "\(error)")
    }
  }
}
