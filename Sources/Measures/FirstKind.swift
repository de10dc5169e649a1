/// The kind of experiment that came first. Its cells, addresses and files are written as they were when there
/// was no other, so that their ids and digests stay.
public enum FirstKind {
  /// What suites call it.
  public static let name = "few-shot"
}
