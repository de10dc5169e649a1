import Kinds
import Measures
import Networks
import Tensors

/// Parameters, and the velocities with which they move.
package struct MomentumState: Sendable {
  package var parameters: [Tensor]
  package var velocity: [Tensor]

  package init(parameters: [Tensor]) {
    self.parameters = parameters
    velocity = parameters.map { .zeros($0.shape) }
  }

  /// v ← μ v − rate (∇ + 2 λ θ), θ ← θ + v, with a decay λ of each parameter's own (Koch 2015, section 3.2).
  package mutating func step(against gradient: [Tensor], rate: Float, momentum: Float, decay: [Float]) {
    for index in parameters.indices {
      let slope = gradient[index].adding(parameters[index], scaledBy: 2 * decay[index])
      velocity[index] = (velocity[index] * momentum).adding(slope, scaledBy: -rate)
      parameters[index] = parameters[index] + velocity[index]
    }
  }
}

/// Archives of what descent with momentum trains: parameters under their names, velocities below `velocity/`.
package protocol MomentumArchives: ParameterArchives where Learned == MomentumState {}

extension MomentumArchives {
  package func archive(_ learned: MomentumState) -> Archive {
    Archive(
      arrays: kept(learned)
        + zip(parameters, learned.velocity).map { NamedArray("velocity/\($0.name)", $1) })
  }

  package func learned(from archive: Archive) -> MomentumState? {
    let count = parameters.count
    guard archive.arrays.count == 2 * count,
      var state = learned(
        keeping: Array(archive.arrays.prefix(count)), in: MomentumState(parameters: []))
    else { return nil }
    let velocities = archive.arrays.suffix(count)
    guard zip(velocities, parameters).allSatisfy({ $0.name == "velocity/\($1.name)" && $0.shape == $1.shape.array })
    else { return nil }
    state.velocity = velocities.map(\.tensor)
    return state
  }

  package func kept(_ learned: MomentumState) -> [NamedArray] {
    zip(parameters, learned.parameters).map { NamedArray($0.name, $1) }
  }

  package func learned(keeping arrays: [NamedArray], in untrained: MomentumState) -> MomentumState? {
    guard arrays.map(\.name) == parameters.map(\.name), arrays.map(\.shape) == parameters.map(\.shape.array)
    else { return nil }
    return MomentumState(parameters: arrays.map(\.tensor))
  }
}
