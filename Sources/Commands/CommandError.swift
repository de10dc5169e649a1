/// What only the command line can find wrong; the sentence says how to go on.
struct CommandError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
