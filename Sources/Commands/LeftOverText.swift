/// What is said of results that do not count: their folder's suite has no such cells now.
func leftOverText(_ cells: [String], in folder: String) -> String {
  let some = cells.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
  return "\(counted(cells.count, "result")) in \(folder) \(cells.count == 1 ? "does" : "do") not count, for "
    + "the suite has no such \(cells.count == 1 ? "cell" : "cells") now: \(some)"
    + "\(cells.count > 3 ? " and others" : "")."
}
