/// The name of `names` that `word` was probably meant to be, or nil if none is near.
///
/// Near means: at most two edits, or a third of the word's length if that is more. Among equally
/// near names the first is taken.
package func nearestName(to word: String, among names: [String]) -> String? {
  let limit = max(2, word.count / 3)
  var best: (name: String, distance: Int)?
  for name in names {
    let distance = editDistance(word.lowercased(), name.lowercased())
    if distance <= limit, distance < name.count, distance < best?.distance ?? Int.max {
      best = (name, distance)
    }
  }
  return best?.name
}

/// The number of insertions, deletions, replacements and swaps of neighbours from `first` to
/// `second` (optimal string alignment).
///
/// - Complexity: O(first.count · second.count)
func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first)
  let b = Array(second)
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        least = min(least, rows[i - 1][j - 1] + 1)
      }
      row.append(least)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
