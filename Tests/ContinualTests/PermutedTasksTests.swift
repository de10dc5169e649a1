import Continual
import Randomness
import Testing

@Suite struct PermutedTasksTests {
  @Test func permutationsAreDifferentOrdersOfAllPixels() {
    let tasks = smallTasks(4)
    #expect(Set(tasks.permutations).count == 4)
    for permutation in tasks.permutations {
      #expect(permutation.sorted() == Array(0..<36))
      #expect(permutation != Array(0..<36))
    }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 6]) func onlyTheCentralSquareIsPermuted(_ region: Int) {
    let tasks = smallTasks(2, region: region)
    let (first, last) = ((6 - region) / 2, (6 - region) / 2 + region - 1)
    for permutation in tasks.permutations {
      #expect(permutation.sorted() == Array(0..<36))
      let moved = permutation.indices.filter { permutation[$0] != $0 }
      #expect(moved.allSatisfy { place in
        [place / 6, place % 6].allSatisfy { first <= $0 && $0 <= last }
      })
      #expect(moved.isEmpty == (region < 2))
    }
  }

  @Test func imagesAreSeenThroughThePermutationOfTheTask() {
    let tasks = smallTasks()
    for task in 0..<2 {
      let examples = tasks.trainingExamples(of: task)
      let batch = examples.minibatch([3, 0, 19])
      for (row, number) in [3, 0, 19].enumerated() {
        let image = examples.places[number]
        #expect(batch.labels[row] == examples.images.labels[image])
        for place in 0..<36 {
          let source = examples.images.pixels[image * 36 + tasks.permutations[task][place]]
          #expect(batch.inputs.elements[row * 36 + place] == Float(source) * (1 / 255))
        }
      }
    }
    #expect(tasks.trainingExamples(of: 0).places == tasks.trainingExamples(of: 1).places)
    #expect(Set(tasks.trainingExamples(of: 0).places).count == 20)
    #expect(tasks.testExamples(of: 0).images.digest != tasks.trainingExamples(of: 0).images.digest)
  }

  @Test func equalAddressesGiveEqualTasksWhateverFollowsThem() {
    #expect(smallTasks(3).digest == smallTasks(3).digest)
    #expect(smallTasks(3).permutations == Array(smallTasks(5).permutations.prefix(3)))
    let digests = [
      smallTasks(3), smallTasks(2), smallTasks(3, region: 4), smallTasks(3, seed: 8),
    ].map(\.digest)
    #expect(Set(digests).count == 4)
  }
}
