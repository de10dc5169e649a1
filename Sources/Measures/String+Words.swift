extension String {
  /// The same with a capital first letter, as sentences begin.
  public var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
