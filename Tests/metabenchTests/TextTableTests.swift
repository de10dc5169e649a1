import Commands
import Testing

/// Tables of a terminal.
struct TextTableTests {
  let rows = [
    ["cell", "status"], ["maml-omniglot-5way-1shot-r0-01234567", "failed: the loss is not finite"], ["x", "done"],
  ]
  var table: TextTable { TextTable(rows: rows) }

  @Test func aTableThatHasRoomHasALineForEachRow() {
    #expect(
      table.text(within: 80) == """
        cell                                  status
        maml-omniglot-5way-1shot-r0-01234567  failed: the loss is not finite
        x                                     done
        """)
    #expect(table.text(within: nil) == table.text(within: 80))
  }

  @Test(arguments: 28...67)
  func noLineIsWiderThanTheTerminalAndNoWordIsLost(_ room: Int) {
    let text = table.text(within: room)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= room }, "\(text)")
    func letters(_ text: some Sequence<Character>) -> [Character] { text.filter { $0 != " " && $0 != "\n" }.sorted() }
    #expect(letters(text) == letters(rows.joined().joined()))
  }
}
