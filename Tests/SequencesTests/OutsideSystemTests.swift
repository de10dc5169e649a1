import Episodes
import Foundation
import Kinds
import Measures
import Randomness
import Sequences
import Tensors
import Testing

/// The example of Documentation/Sequences.md: answers with the label of the nearest input so far.
struct Nearest: UntrainedSequenceLearner {
  let encoding: InputEncoding
  let outputs: Int

  func student() -> Student { Student(encoding: encoding, outputs: outputs) }

  struct Student: SequenceStudent {
    let encoding: InputEncoding
    let outputs: Int
    var known: [(input: Tensor, target: Tensor)] = []
    var asked = Tensor(0)

    mutating func answer(_ input: Tensor) -> Tensor {
      asked = encoding(input)
      let nearest = known.min { distance($0.input) < distance($1.input) }
      return nearest?.target ?? .zeros([1, outputs])
    }

    mutating func learn(_ target: Targets) { known.append((asked, target.rows)) }

    private func distance(_ input: Tensor) -> Float { (input - asked).squared().sum().scalar }
  }

  static let description = SystemDescription<OnlineSequences>(
    "nearest", summary: "answers with the label of the nearest input so far",
    reference: "Documentation/Sequences.md", settings: [], variesBy: .nothing
  ) { _, plan in Nearest(encoding: InputEncoding(plan.inputKind), outputs: plan.outputs) }
}

struct OutsideSystemTests {
  /// A system of another package is one of the kind's like any other.
  @Test func itIsPlannedAndRunLikeShippedOnes() throws {
    let kind = Samples.kind.adding([RegisteredSystem(Nearest.description)])
    let plan = try Samples.plan(try #require(kind.system(named: "nearest")))
    #expect(!plan.isTrained && plan.metrics == [.accuracy])
    func score(_ run: some CellRun) throws -> [Double] {
      var state = try run.begin(unit: 0, of: .test, with: run.begin())
      return try #require(try run.advance(&state, with: run.begin())).rows[0].values
    }
    #expect(try score(plan.run(in: Samples.context(Samples.clouds))).count == 3)
  }

  /// Word for word.
  @Test func theDocumentationShowsThisSystem() throws {
    let file = URL(fileURLWithPath: #filePath)
    let own = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(own.range(of: "struct Nearest"))
    let end = try #require(own.range(of: "struct OutsideSystemTests"))
    let page = file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Documentation/Sequences.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.contains(own[start.lowerBound..<end.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  @Test func itRemembersWhatItWasShown() {
    let learner = Nearest(encoding: InputEncoding(.vectors(8)), outputs: 2)
    let shape = SequenceShape(classes: 2, showings: 4)
    for index in 0..<20 {
      let sequence = SignPatterns().sequence(shape, from: Samples.stream(index))
      #expect(sequence.scores(of: learner.student())[1...].allSatisfy { $0 == 1 })
    }
  }
}
