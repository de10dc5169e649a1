import AlphabetTrials
import Continual
import FewShot
import Kinds
import NeuralProcesses
import Sequences
import Transfer

/// Every kind of experiment: those that are shipped, then those that were added.
public enum KindRegistry {
  private static var shipped: [RegisteredKind] {
    [
      RegisteredKind(FewShot.self, systems: FewShot.systems),
      RegisteredKind(OnlineSequences.self, systems: OnlineSequences.systems),
      RegisteredKind(Continual.self, systems: Continual.systems),
      RegisteredKind(Transfer.self, systems: Transfer.systems),
      RegisteredKind(NeuralProcesses.self, systems: NeuralProcesses.systems),
      RegisteredKind(AlphabetTrials.self, systems: AlphabetTrials.systems),
    ]
  }

  /// In the order in which lists show them. The first is meant where a suite names none.
  public static var all: [RegisteredKind] { AddedKinds.joining(shipped) }
}
