import Foundation
import TemporaryFolders
import Testing

/// The manual page that is installed.
@Suite struct ManualTests {
  private let page: [Substring]

  init() throws {
    let folder = try TemporaryFolder()
    page = try Program(folder: folder.url).run("manual").output
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func itHasEveryCommandAndSuite() {
    #expect(page.first == #".TH METABENCH 1 "" "MetaBench 0.1.0" "User Commands""#)
    for heading in ["run <suite>", "data import <dataset> [<files> ...]", "list suites [<folder>]"] {
      #expect(page.contains(".SS \(heading)"), "\(heading)")
    }
    #expect(page.contains(#".B \-\-threads <n>"#) && page.contains(".B quickstart"))
    // What the help does not show, the manual does not either.
    #expect(!page.contains { $0.hasPrefix(".SS manual") || $0.contains(#"checkpoint\-every"#) })
  }

  /// A line of text that began like a macro would be taken for one, and be lost.
  @Test func onlyMacrosBeginLikeMacros() {
    let macros: Set = [".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".I", ".nf", ".fi"]
    for line in page where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(macros.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
  }
}
