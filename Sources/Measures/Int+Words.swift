extension Int {
  /// `60000` as `60,000`.
  public var grouped: String {
    var digits = String(self)
    var position = digits.count - 3
    while position > (self < 0 ? 1 : 0) {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
      position -= 3
    }
    return digits
  }

  /// `2 repeats`, `1 repeat`, `60,000 repeats`.
  public func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
