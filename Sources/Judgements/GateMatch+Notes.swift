import Results

extension GateMatch {
  /// What is to be known of the repeats that are compared, as sentences.
  var notes: [String] {
    var notes: [String] = []
    for (side, family) in [("baseline", family), ("results", candidate)] {
      guard let family, let casualties = family.casualties else { continue }
      notes.append(
        "Of '\(name)' \(family.done.count) of \(family.records.count) repeats came to a score in the"
          + " \(side), \(casualties): only what came to one in both is compared.")
    }
    let copies = (candidate?.done.count ?? 0) - compared.count
    if obstacle == nil, !isCopy, copies > 0, family.casualties == nil {
      notes.append(
        "Of '\(name)' only \(compared.count) of \(compared.count + copies) repeats were computed anew:"
          + " the others are the baseline's own, and do not count.")
    }
    return notes
  }
}
