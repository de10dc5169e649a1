import Randomness
import Sequences
import Tensors
import Testing

/// The memory against plain loops over Doubles that share no code with it.
struct LeastUsedMemoryTests {
  static let memory = LeastUsedMemory(slots: 5, width: 3, heads: 2, decay: 0.9, sharpness: 2)
  static let sequences = 2, steps = 4

  static func random(_ shape: Shape, _ name: String) -> Tensor {
    var generator = RandomStream(seed: 12).child(name).generator()
    return Tensor(shape) { out in for i in out.indices { out[i] = Float(generator.normal()) } }
  }

  /// Keys, what is written, and what gates are the logistic function of, of all steps.
  static let variables = [
    random([steps * sequences, memory.heads * memory.width], "keys"),
    random([steps * sequences, memory.heads * memory.width], "writing"),
    random([steps * sequences, memory.heads], "gates"),
  ]

  /// What is read in all steps: `[steps * sequences, heads, width]`.
  static func read(_ variables: [Tensor]) -> Tensor {
    var state = memory.cleared(sequences: sequences)
    let parts = variables.map { $0.split(0, into: steps) }
    let all = (0..<steps).map { step in
      let shape: Shape = [sequences, memory.heads, memory.width]
      return memory.step(
        &state, keys: parts[0][step].reshaped(shape), writing: parts[1][step].reshaped(shape),
        gates: parts[2][step].logistic().reshaped([sequences, memory.heads, 1]))
    }
    return .concatenated(all, along: 0)
  }

  /// The same of one sequence, number by number, as in the paper's section 3.2.
  static func scalarRead(_ variables: [[Double]], sequence: Int) -> [Double] {
    let (n, width, slots) = (memory.heads, memory.width, memory.slots)
    var m = [[Double]](repeating: [Double](repeating: 0, count: width), count: slots)
    var reading = [[Double]](repeating: [Double](repeating: 0, count: slots), count: n)
    var usage = [Double](repeating: 0, count: slots)
    var all: [Double] = []
    for step in 0..<steps {
      let row = step * sequences + sequence
      func vector(_ variable: Int, _ head: Int) -> [Double] {
        Array(variables[variable][(row * n + head) * width..<(row * n + head + 1) * width])
      }
      // The n least used rows; of equal ones the first.
      let order = (0..<slots).sorted { (usage[$0], $0) < (usage[$1], $1) }
      let leastUsed = Set(order.prefix(n))
      let writes = (0..<n).map { head in
        let gate = 1 / (1 + Elementary.exp(-variables[2][row * n + head]))
        return (0..<slots).map { gate * reading[head][$0] + (1 - gate) * (leastUsed.contains($0) ? 1 : 0) }
      }
      for slot in 0..<slots {
        if leastUsed.contains(slot) { m[slot] = [Double](repeating: 0, count: width) }
        for head in 0..<n {
          for place in 0..<width { m[slot][place] += writes[head][slot] * vector(1, head)[place] }
        }
      }
      for head in 0..<n {
        let k = vector(0, head)
        func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        func length(_ a: [Double]) -> Double { (dot(a, a) + 1e-12).squareRoot() }
        let powers = m.map { Elementary.exp(2 * dot(k, $0) / (length(k) * length($0))) }
        reading[head] = powers.map { $0 / powers.reduce(0, +) }
        for place in 0..<width {
          all.append((0..<slots).reduce(0) { $0 + reading[head][$1] * m[$1][place] })
        }
      }
      for slot in 0..<slots {
        usage[slot] *= 0.9
        for head in 0..<n { usage[slot] += reading[head][slot] + writes[head][slot] }
      }
    }
    return all
  }

  static let numbers = variables.map { $0.elements.map(Double.init) }

  @Test func whatIsReadIsWhatPlainLoopsRead() {
    let read = Self.read(Self.variables).elements
    let perSequence = Self.memory.heads * Self.memory.width
    for sequence in 0..<Self.sequences {
      for (place, expected) in Self.scalarRead(Self.numbers, sequence: sequence).enumerated() {
        let row = place / perSequence * Self.sequences + sequence
        let value = read[row * perSequence + place % perSequence]
        #expect(abs(Double(value) - expected) < 3e-6, "\(value) against \(expected)")
      }
    }
  }

  static let outputWeights = random([memory.heads * memory.width], "output weights").elements

  static func loss(_ read: Tensor) -> Tensor {
    let rows = read.count / outputWeights.count
    let weights = Tensor([rows, outputWeights.count], (0..<rows).flatMap { _ in outputWeights })
    return (read.reshaped(weights.shape).squared() * weights).sum()
  }

  static func scalarLoss(_ numbers: [[Double]]) -> Double {
    (0..<sequences).reduce(0) { sum, sequence in
      scalarRead(numbers, sequence: sequence).enumerated().reduce(sum) {
        $0 + $1.element * $1.element * Double(outputWeights[$1.offset % outputWeights.count])
      }
    }
  }

  @Test func firstGradientsAgreeWithCentralDifferences() {
    let exact = Tape.recording { tape in
      let variables = tape.variables(Self.variables)
      return gradient(of: Self.loss(Self.read(variables)), at: variables).map(\.elements)
    }
    let step = 1e-5
    for (tensor, slopes) in exact.enumerated() {
      #expect(slopes.contains { $0 != 0 })
      for (place, slope) in slopes.enumerated() {
        func moved(_ distance: Double) -> Double {
          var numbers = Self.numbers
          numbers[tensor][place] += distance
          return Self.scalarLoss(numbers)
        }
        let expected = (moved(step) - moved(-step)) / (2 * step)
        #expect(
          abs(Double(slope) - expected) < 3e-4 * max(1, abs(expected)),
          "\(tensor), \(place): \(slope) against \(expected)")
      }
    }
  }

  /// The product of the Hessian and a direction, against gradients at both sides.
  @Test func secondGradientsAgreeWithCentralDifferences() {
    let direction = Self.variables.indices.map { Self.random(Self.variables[$0].shape, "direction \($0)") }
    let exact = Tape.recording { tape in
      let variables = tape.variables(Self.variables)
      let slopes = gradient(of: Self.loss(Self.read(variables)), at: variables, keepingGraph: true)
      let along = zip(slopes, direction).reduce(Tensor(0)) { $0 + ($1.0 * $1.1).sum() }
      return gradient(of: along, at: variables).map(\.elements)
    }
    let step = 1e-4
    func moved(_ along: Double, _ tensor: Int, _ place: Int, _ distance: Double) -> Double {
      var numbers = zip(Self.numbers, direction).map { numbers, direction in
        zip(numbers, direction.elements).map { $0 + along * Double($1) }
      }
      numbers[tensor][place] += distance
      return Self.scalarLoss(numbers)
    }
    for (tensor, slopes) in exact.enumerated() {
      for (place, slope) in slopes.enumerated() {
        func at(_ a: Double, _ b: Double) -> Double { moved(a * step, tensor, place, b * step) }
        let expected = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step * step)
        #expect(
          abs(Double(slope) - expected) < 3e-3 * max(1, abs(expected)),
          "\(tensor), \(place): \(slope) against \(expected)")
      }
    }
  }

  /// With closed gates everything goes to the least used rows, one after the other.
  @Test func emptyRowsAreFilledInTurn() {
    let memory = LeastUsedMemory(slots: 4, width: 2, heads: 1, decay: 1, sharpness: 1)
    var state = memory.cleared(sequences: 1)
    for step in 0..<4 {
      let said = Tensor([1, 1, 2], [Float(step + 1), 1])
      _ = memory.step(&state, keys: said, writing: said, gates: .zeros([1, 1, 1]))
    }
    // Rows are columns of what is stored.
    #expect(state.content.elements == [1, 2, 3, 4, 1, 1, 1, 1])
  }

  /// What is like a key is read the more the sharper, and with open gates written to what was read.
  @Test func likenessIsRead() {
    let memory = LeastUsedMemory(slots: 3, width: 2, heads: 1, decay: 0.95, sharpness: 50)
    var state = memory.cleared(sequences: 1)
    func step(_ key: [Float], _ writing: [Float], gate: Float) -> [Float] {
      memory.step(
        &state, keys: Tensor([1, 1, 2], key), writing: Tensor([1, 1, 2], writing),
        gates: Tensor([1, 1, 1], [gate])
      ).elements
    }
    func isNear(_ read: [Float], _ expected: [Float]) -> Bool {
      zip(read, expected).allSatisfy { abs($0 - $1) < 1e-4 }
    }
    #expect(isNear(step([3, 0], [3, 0], gate: 0), [3, 0]))
    #expect(isNear(step([0, 2], [0, 2], gate: 0), [0, 2]))
    #expect(isNear(step([1, 0], [0, 0], gate: 1), [3, 0]))
    // To where [1, 0] was read: 4 instead of 3. The least used row, which was empty, is read by nobody.
    #expect(isNear(step([1, 0], [1, 0], gate: 1), [4, 0]))
  }

  /// One operation instead of thirty: the same bits, there and back, for any number of heads and slots.
  @Test(arguments: [1, 2, 3, 4], [5, 16, 130])
  func aStepAtOnceHasTheBitsOfItsParts(heads: Int, slots: Int) {
    let memory = LeastUsedMemory(slots: slots, width: 19, heads: heads, decay: 0.9, sharpness: 2)
    let shapes: [Shape] = [
      [2, 19, slots], [2, heads, slots], [2, heads, 19], [2, heads, 19], [2, heads, 1],
    ]
    let inputs = shapes.enumerated().map { Self.random($1, "input \($0)") }
    let usage = Tensor([2, 1, slots], (0..<2 * slots).map { Float($0 * 7 % 11) })
    let unused = memory.leastUsed(usage)
    func run(_ step: ([Tensor]) -> [Tensor], seeing used: Set<Int>) -> [[Float]] {
      Tape.recording { tape in
        let variables = tape.variables(inputs)
        let results = step(variables)
        let losses = used.sorted().map { (results[$0] * Self.random(results[$0].shape, "weight \($0)")).sum() }
        let slopes = gradient(of: losses.dropFirst().reduce(losses[0], +), at: variables)
        return (results + slopes).map(\.elements)
      }
    }
    for used: Set in [[0, 1, 2], [2], [0], [1]] {
      let parts = run({ memory.parts($0, unused: unused) }, seeing: used)
      let fused = run({ memory.fusedStep($0, unused: unused, usage: usage).results }, seeing: used)
      for (place, (a, b)) in zip(fused, parts).enumerated() {
        #expect(a == b, "result or gradient \(place), \(heads) heads, seeing \(used.sorted())")
      }
    }
  }

  @Test(arguments: 1...5)
  func theLeastUsedRowsAreTheFirstOfTheOrderedOnes(heads: Int) {
    let memory = LeastUsedMemory(slots: 23, width: 1, heads: heads, decay: 0.9, sharpness: 1)
    let usage = (0..<46).map { Float($0 * 29 % 7) }
    let expected = (0..<2).flatMap { sequence in
      let own = Array(usage[sequence * 23..<sequence * 23 + 23])
      let order = own.indices.sorted { (own[$0], $0) < (own[$1], $1) }
      return own.indices.map { Float(order.prefix(heads).contains($0) ? 1 : 0) }
    }
    #expect(memory.leastUsed(Tensor([2, 1, 23], usage)).elements == expected)
  }
}
