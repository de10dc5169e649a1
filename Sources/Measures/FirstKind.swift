/// The kind of experiment that came first. Its cells, addresses and files are written as they were when there
/// was no other, so that their ids and digests stay.
public enum FirstKind {
  public static let name = "few-shot"
}
