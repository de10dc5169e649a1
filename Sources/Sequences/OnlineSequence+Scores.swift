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
      let answer = student.answer(now.inputs).elements
      student.learn(now.targets)
      marks.append(now.targets.mark(of: answer))
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

extension Targets {
  /// Of one example: 1 or 0 for its label, the squared error of its value.
  fileprivate func mark(of answer: [Float]) -> Double {
    guard !answer.contains(where: \.isNaN) else { return .nan }
    switch self {
    case .classes(let labels, _):
      return answer.firstIndex(of: answer.max()!) == labels[0] ? 1 : 0
    case .values(let values):
      let error = Double(answer[0]) - Double(values.scalar)
      return error * error
    }
  }
}
