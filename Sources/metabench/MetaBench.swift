import Foundation
import Networks
import Optimizers
import Randomness
import Tensors

@main
struct MetaBench {
  static func main() { work() }
  nonisolated static func work() {
    Workers.threads = Int(CommandLine.arguments[1])!
    let way = Int(CommandLine.arguments[2])!, steps = Int(CommandLine.arguments[3])!
    let mb = Int(CommandLine.arguments[4])!
    let first = CommandLine.arguments[5] == "1"
    print(BLAS.kernels)
    let net = ConvNet(channels: 1, height: 28, width: 28, downsampling: .strided, readout: .mean, outputs: way)
    var theta = net.initialParameters(from: RandomStream(seed: 1))
    var g = RandomStream(seed: 2).generator()
    let x = Tensor([1, way, 28, 28]) { for i in $0.indices { $0[i] = Float(g.uniform()) } }
    let q = Tensor([1, way, 28, 28]) { for i in $0.indices { $0[i] = Float(g.uniform()) } }
    let labels = Array(0..<way)
    let adam = Adam()
    var state = adam.initialState(for: theta)
    let clock = ContinuousClock()
    for round in 0..<6 {
      let t = clock.now; let c0 = clock_()
      nonisolated(unsafe) var grads = [[Tensor]](repeating: [], count: mb)
      let th = theta
      Workers.forEach(mb) { i in
        grads[i] = Tape.recording { tape in
          let p = tape.variables(th)
          var phi = p
          for _ in 0..<steps {
            let loss = net(phi, x, normalization: .batch).output.crossEntropy(labels)
            let gr = gradient(of: loss, at: phi, keepingGraph: !first)
            phi = zip(phi, gr).map { $0.adding($1, scaledBy: -0.4) }
          }
          let loss = net(phi, q, normalization: .batch).output.crossEntropy(labels)
          return gradient(of: loss, at: p)
        }
      }
      var sum = grads[0]
      for k in 1..<mb { sum = zip(sum, grads[k]).map { $0 + $1 } }
      theta = adam.updated(theta, against: sum, rate: 0.001, state: &state)
      let d = clock.now - t
      let s = Double(d.components.attoseconds) * 1e-18 + Double(d.components.seconds)
      print(round, Double(mb) / s, "cpu-ms/task", (clock_() - c0) / Double(mb) * 1000, "tasks/s", sum[0].elements[0..<2])
    }
  }
}

nonisolated func clock_() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
