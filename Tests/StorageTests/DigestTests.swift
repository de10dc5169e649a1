import Digests
import Storage
import Testing

@Suite struct DigestTests {
  @Test func bytesAloneGiveThePublishedDigestOfAbc() {
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    var digest = Digest()
    digest.absorb(bytes: Array("abc".utf8))
    #expect(digest.hex == expected)
    #expect(digest.prefix64 == 0xba78_16bf_8f01_cfea)
    #expect(Digest.hex(of: "abc") == expected)
  }

  @Test func splittingBytesDoesNotMatterButSplittingTextsDoes() {
    var pieces = Digest()
    pieces.absorb(bytes: Array("a".utf8))
    pieces.absorb(bytes: Array("bc".utf8))
    #expect(pieces.hex == Digest.hex(of: "abc"))

    var first = Digest()
    first.absorb("a")
    first.absorb("bc")
    var second = Digest()
    second.absorb("ab")
    second.absorb("c")
    #expect(first.hex != second.hex)
  }

  @Test func readingTheDigestDoesNotEndIt() {
    var digest = Digest()
    digest.absorb(1)
    let before = digest.hex
    #expect(digest.hex == before)
    digest.absorb([Float(1)])
    #expect(digest.hex != before)
  }

  @Test func zeroAndMinusZeroDiffer() {
    var plus = Digest()
    plus.absorb([0.0])
    var minus = Digest()
    minus.absorb([-0.0])
    #expect(plus.hex != minus.hex)
  }
}
