import Digests
import Storage

/// Which characters an import must find, and what their drawings must look like.
package struct OmniglotCatalogue: Sendable {
  /// A character's name, and the start of the digest of its drawings.
  package struct Character: Sendable {
    package let name: String
    package let digest: String

    package init(name: String, digest: String) {
      self.name = name
      self.digest = digest
    }
  }

  /// Sorted by the bytes of their names.
  package let characters: [Character]

  package init(_ characters: [Character]) { self.characters = characters }

  /// All 1623 characters of Omniglot.
  package static let complete = OmniglotCatalogue(
    OmniglotSplit.lines("characters").map { line in
      let fields = line.split(separator: " ")
      return Character(name: String(fields[0]), digest: String(fields[1]))
    })

  /// What `Character.digest` is: 16 digits of the SHA-256 of `[20, 105, 105]` bytes, ink = 1.
  package static func digest(ofInk drawings: [UInt8]) -> String {
    var digest = Digest()
    digest.absorb(bytes: drawings)
    return String(digest.hex.prefix(16))
  }
}
