import Foundation

/// A drawing, made line by line.
///
/// What its parts look like is told by classes, so that a page can give them its own colours; as a
/// file of its own it carries light ones.
struct SVG {
  /// Where a text is anchored.
  enum Anchor: String {
    case start, middle, end
  }

  let width: Double
  let height: Double
  private var body = ""

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// A straight line of class `axis`, `grid`, `rule` or `mark`.
  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ name: String) {
    body += "<path class=\"\(name)\" d=\"M\(Self.text(x1)) \(Self.text(y1))"
    body += "L\(Self.text(x2)) \(Self.text(y2))\"/>\n"
  }

  /// Several straight lines joined.
  mutating func polyline(_ points: [(x: Double, y: Double)], _ name: String) {
    let path = points.map { "\(Self.text($0.x)) \(Self.text($0.y))" }.joined(separator: "L")
    body += "<path class=\"\(name)\" d=\"M\(path)\"/>\n"
  }

  /// An area within straight lines.
  mutating func polygon(_ corners: [(x: Double, y: Double)], _ name: String) {
    let list = corners.map { "\(Self.text($0.x)),\(Self.text($0.y))" }.joined(separator: " ")
    body += "<polygon class=\"\(name)\" points=\"\(list)\"/>\n"
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double, _ name: String) {
    body += "<circle class=\"\(name)\" cx=\"\(Self.text(x))\" cy=\"\(Self.text(y))\" "
    body += "r=\"\(Self.text(radius))\"/>\n"
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, width: Double, height: Double, _ name: String
  ) {
    body += "<rect class=\"\(name)\" x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" "
    body += "width=\"\(Self.text(width))\" height=\"\(Self.text(height))\"/>\n"
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ name: String = "label"
  ) {
    body += "<text class=\"\(name)\" x=\"\(Self.text(x))\" y=\"\(Self.text(y))\""
    body += anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    body += ">\(HTML.escaped(text))</text>\n"
  }

  /// The drawing as a file, in light colours.
  var file: String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.text(width)) \(Self.text(height))" \
    class="drawing" font-family="Helvetica, Arial, sans-serif">
    <style>
    \(Self.lightStyle)</style>
    <rect width="100%" height="100%" fill="\(Theme.light.paper)"/>
    \(body)</svg>

    """
  }

  /// The drawing as a part of a page, which says how its classes look.
  ///
  /// - Parameter label: What screen readers call it.
  func inline(label: String) -> String {
    """
    <svg viewBox="0 0 \(Self.text(width)) \(Self.text(height))" class="drawing" role="img" \
    aria-label="\(HTML.escaped(label))">
    \(body)</svg>

    """
  }

  private static let lightStyle = Stylesheet.drawing.resolved(with: .light)

  /// A coordinate, to a hundredth.
  static func text(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
    let sign = hundredths < 0 ? "-" : ""
    guard rest != 0 else { return "\(sign)\(whole)" }
    return rest.isMultiple(of: 10)
      ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
