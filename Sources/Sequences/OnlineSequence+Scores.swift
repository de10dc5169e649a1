import Episodes

extension OnlineSequence {
  /// Goes through the sequence with a student, and scores every answer.
  ///
  /// - Returns: For classes the share of right answers to the first, second, ... showing of a class, over
  ///   all classes (the first of equal logits counts); for values the squared error at each position. Not a
  ///   number where an answer is none.
  public func scores(of student: some SequenceStudent) -> [Double] {
    var student = student
    var marks: [Double] = []
    marks.reserveCapacity(length)
    for step in 0..<length {
      let now = self[step]
      let answer = student.answer(now.inputs)
      student.learn(now.targets)
      marks.append(now.targets.score(answer))
    }
    guard case .classes(let labels, let classes) = examples.targets else { return marks }
    var seen = [Int](repeating: 0, count: classes)
    var sums = [Double](repeating: 0, count: length / classes)
    for (label, mark) in zip(labels, marks) {
      sums[seen[label]] += mark
      seen[label] += 1
    }
    return sums.map { $0 / Double(classes) }
  }
}
