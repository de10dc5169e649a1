/// `text` as a shell takes it for one word: in quotes if it holds anything that means more to a shell.
func shellWord(_ text: String) -> String {
  let plain = text.allSatisfy { character in
    character.isLetter || character.isNumber || "_-./:=,+@%~".contains(character)
  }
  return plain && !text.isEmpty ? text : "'\(text.replacing("'", with: #"'\''"#))'"
}
