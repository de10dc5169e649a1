import Kinds
import Synchronization

/// What other packages add to the program: kinds, and systems of any kind. To be done before suites are read.
public enum AddedKinds {
  private static let kinds = Mutex<[RegisteredKind]>([])
  private static let systems = Mutex<[RegisteredSystem]>([])

  /// Adds a kind with its systems.
  ///
  /// - Precondition: Its name is not taken.
  public static func add(_ kind: RegisteredKind) {
    let name = kind.description.name
    precondition(
      !KindRegistry.all.contains { $0.description.name == name }, "there is a kind '\(name)' already")
    kinds.withLock { $0.append(kind) }
  }

  /// Adds a system to its kind.
  ///
  /// - Precondition: The kind is there, and has no system of this name.
  public static func add(_ system: RegisteredSystem) {
    guard let kind = KindRegistry.all.first(where: { $0.description.name == system.kind }) else {
      preconditionFailure("there is no kind '\(system.kind)' for '\(system.name)'")
    }
    precondition(
      kind.system(named: system.name) == nil, "there is an algorithm '\(system.name)' already")
    systems.withLock { $0.append(system) }
  }

  static func joining(_ shipped: [RegisteredKind]) -> [RegisteredKind] {
    let added = systems.withLock { $0 }
    return (shipped + kinds.withLock { $0 }).map { kind in
      kind.adding(added.filter { $0.kind == kind.description.name })
    }
  }
}
