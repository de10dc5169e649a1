/// Variant and tasks of cells whose files are older than the attributes that tell them: what is left of the
/// id.
enum OldNames {
  /// - Parameter cell: As in `maml-no-conv-omniglot-5way-1shot-r0-3f9a2c1e`.
  static func names(
    cell: String, algorithm: String, dataset: String, split: String, way: Int, shot: Int
  ) -> (variant: String, task: String) {
    let name = cell.split(separator: "-", omittingEmptySubsequences: false).dropLast(2)
      .joined(separator: "-")
    let slug = "\(way)way-\(shot)shot"
    let tasks = ["\(dataset)-\(split)-\(slug)", "\(dataset)-\(slug)"]
    guard let task = tasks.first(where: { name.hasSuffix("-\($0)") }) else { return ("", tasks[1]) }
    let system = name.dropLast(task.count + 1)
    return (String(system.dropFirst(algorithm.count + 1)), task)
  }
}
