import Judgements
import Results
import Suites

/// Those of a folder's results that count, of which there are some: the ones that its own suite asks for.
struct FolderResults {
  /// In the order in which they were given.
  let records: [CellRecord]
  /// What the folder was run with; nil where this program cannot read it, and all results count.
  let suite: Suite?
  /// What is to be known of them, as sentences.
  let notes: [String]

  /// Chooses among `records`, which are all of the folder's.
  ///
  /// - Parameter name: What outputs call the folder.
  /// - Throws: `CommandError` if none count.
  init(_ records: [CellRecord], of folder: ResultsFolder, called name: String) throws {
    guard !records.isEmpty else { throw CommandError.noResults(in: name) }
    // A suite of an older program may name what this one does not know: results are read all the
    // same.
    guard let suite = try? Suite.load(folder.suiteFile) else {
      self.records = records
      self.suite = nil
      notes = ["\(name) keeps no suite that this program can read, so all of its results count."]
      return
    }
    let results = CountedResults(records, of: suite)
    let leftOver = results.leftOver
    guard !results.records.isEmpty else {
      throw CommandError.noResults(in: name, leftOver: leftOver)
    }
    self.records = results.records
    self.suite = suite
    notes = results.notes + (leftOver.isEmpty ? [] : [leftOverText(leftOver, in: name)])
  }
}
