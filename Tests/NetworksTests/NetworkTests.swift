import Networks
import Randomness
import Tensors
import Testing

struct NetworkTests {
  static let networks: [any Network] = [
    ConvNet(channels: 1, height: 28, width: 28, downsampling: .strided, readout: .mean, outputs: 5),
    ConvNet(channels: 1, height: 28, width: 28, downsampling: .maxPool, readout: .flatten, outputs: nil),
    ConvNet(
      channels: 3, height: 84, width: 84, filters: 8, downsampling: .maxPool, readout: .flatten,
      outputs: 5),
    MLP(widths: [1, 40, 40, 1]),
    NormalizedMLP(inputs: 784, outputs: 5),
    ConvNet(
      channels: 1, height: 28, width: 28, filters: 4, blocks: [.maxPool, .strided, .none], readout: .maps,
      outputs: nil),
    PairedConvNet(channels: 2, height: 12, width: 10, filters: 4, outputs: 7),
  ]

  private func inputs(for network: any Network, count: Int) -> Tensor {
    var generator = RandomStream(seed: 3).generator()
    let shape: Shape =
      switch network {
      case let network as ConvNet: [count, network.height, network.width, network.channels]
      case let network as PairedConvNet: [count, network.height, network.width, network.channels]
      case let network as NormalizedMLP: [count, network.inputs]
      default: [count, 1]
      }
    return Tensor(shape) { out in for i in out.indices { out[i] = Float(generator.uniform()) } }
  }

  @Test(arguments: networks.indices)
  func outputsHaveTheRightShape(_ index: Int) {
    let network = Self.networks[index]
    let parameters = network.initialParameters(from: RandomStream(seed: 1))
    #expect(parameters.map(\.shape) == network.parameters.map(\.shape))
    let result = network(parameters, inputs(for: network, count: 6), normalization: .batch)
    #expect(result.output.shape == [[6, 5], [6, 64], [6, 5], [6, 1], [6, 5], [6, 7, 7, 4], [6, 7]][index])
    #expect(result.output.count == 6 * network.outputWidth)
    #expect(result.moments.map { $0.mean.count } == network.normalizedWidths)
  }

  /// Each network of a group is what it is alone, and its parameters are found again.
  @Test func aGroupIsItsNetworksSideBySide() {
    let (f, g) = (Self.networks[1], Self.networks[3])
    let group = NetworkGroup(["embedding": f, "head": g])
    #expect(group.parameters.map(\.name).first == "embedding/block0/filters")
    #expect(group.parameters.map(\.name).last == "head/layer2/bias")
    #expect(group.normalizedWidths == f.normalizedWidths)
    let all = group.initialParameters(from: RandomStream(seed: 1))
    #expect(all.map(\.shape) == group.parameters.map(\.shape))
    let parts = group.split(all)
    #expect(parts.map(\.count) == [f.parameters.count, g.parameters.count])
    let alone = g.initialParameters(from: RandomStream(seed: 1).child("head"))
    #expect(parts[1].map(\.elements) == alone.map(\.elements))
    let moments = f(parts[0], inputs(for: f, count: 3), normalization: .batch).moments
    #expect(group.split(moments).map(\.count) == [4, 0])
  }

  @Test(arguments: ConvNet.InitialWeights.allCases)
  func weightsBeginWithinTheirLimit(_ weights: ConvNet.InitialWeights) throws {
    let network = ConvNet(
      channels: 3, height: 28, width: 28, filters: 24, downsampling: .strided, readout: .mean,
      outputs: 5, initialWeights: weights)
    let initial = network.initialParameters(from: RandomStream(seed: 1))
    for (parameter, values) in zip(network.parameters, initial) where parameter.shape.rank > 1 {
      let (receptive, outputs) = (parameter.shape.rank == 4 ? 9 : 1, parameter.shape.array.last!)
      let fanIn = Double(parameter.shape.count / outputs)
      let limit =
        weights == .fanIn ? (1 / fanIn).squareRoot() : (6 / (fanIn + Double(receptive * outputs))).squareRoot()
      let largest = Double(values.elements.map(abs).max()!)
      #expect(largest <= limit * 1.000001 && largest > 0.95 * limit, "\(parameter.name)")
    }
  }

  @Test func featuresOfThePublishedNetworks() {
    func net(_ size: Int, _ filters: Int) -> ConvNet {
      ConvNet(
        channels: 1, height: size, width: size, filters: filters, downsampling: .maxPool,
        readout: .flatten, outputs: nil)
    }
    #expect(net(28, 64).features == 64)
    #expect(net(84, 64).features == 1600)
    #expect(net(84, 32).features == 800)
  }

  @Test(arguments: networks.indices)
  func theBatchsOwnMomentsGivenBackChangeNothing(_ index: Int) {
    let network = Self.networks[index]
    let parameters = network.initialParameters(from: RandomStream(seed: 1))
    let x = inputs(for: network, count: 6)
    let batch = network(parameters, x, normalization: .batch)
    let given = network(parameters, x, normalization: .given(batch.moments))
    for (a, b) in zip(batch.output.elements, given.output.elements) { #expect(abs(a - b) < 1e-4) }
  }

  @Test func equalStreamsGiveEqualParametersAndOtherStreamsOthers() {
    for network in Self.networks {
      let a = network.initialParameters(from: RandomStream(seed: 1)).map(\.elements)
      #expect(a == network.initialParameters(from: RandomStream(seed: 1)).map(\.elements))
      #expect(a != network.initialParameters(from: RandomStream(seed: 2)).map(\.elements))
    }
  }

  @Test func stackedTasksGiveWhatEachGivesAlone() {
    let network = MLP(widths: [1, 40, 40, 1])
    let tasks = (0..<3).map { network.initialParameters(from: RandomStream(seed: UInt64($0))) }
    let x = inputs(for: network, count: 10)
    let stacked = tasks[0].indices.map { parameter in
      Tensor.concatenated(
        tasks.map { $0[parameter].reshaped(Shape([1] + $0[parameter].shape.array)) }, along: 0)
    }
    let inputs = Tensor.concatenated(tasks.map { _ in x.reshaped([1, 10, 1]) }, along: 0)
    let together = network(stacked, inputs).output
    #expect(together.elements == tasks.flatMap { network($0, x).output.elements })
  }
}
