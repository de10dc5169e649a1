import EmbeddedFiles

/// The suites that come with the program, by name: the files of the folder `suites`.
public enum ShippedSuites {
  private static let texts: [(name: String, text: String)] =
    EmbeddedFile.all.filter { $0.path.hasPrefix("suites/") }.map { file in
      (String(file.path.dropFirst("suites/".count).prefix { $0 != "." }), file.text)
    }

  /// Their names, sorted.
  public static let names = texts.map(\.name).sorted()

  /// The suite of that name, checked; nil if there is none. Errors and origins call its file by the
  /// name.
  ///
  /// - Throws: `SuiteError`.
  public static func suite(named name: String, catalog: Catalog = .standard) throws -> Suite? {
    try texts.first { $0.name == name }.map {
      try Suite(yaml: $0.text, file: name, catalog: catalog)
    }
  }
}
