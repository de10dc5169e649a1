import Foundation
import Synchronization

/// A process of its own in which HDF5 looks at files.
///
/// HDF5 crashes on some forged files, or asks for any amount of time and memory. There that ends a process which has
/// limits and nothing to lose, and here it is an error. The process is this program again, started when the first
/// file is read; it ends with this one.
public enum SurveyProcess {
  /// Has HDF5 look at files in a process of its own from now on. In that process itself it does not return.
  ///
  /// To be called first thing in a program. Without it, as in tests, HDF5 looks at files in this process.
  public static func use() {
    guard CommandLine.arguments.dropFirst() != [word] else { serve() }
    state.withLock { $0.isUsed = true }
  }

  /// What the file at `path` holds.
  ///
  /// - Throws: `StorageError.notReadable`, `.damaged`.
  static func contents(of path: String) throws -> HDF5Contents {
    try state.withLock { state in
      guard state.isUsed else { return try HDF5Contents(surveying: path) }
      switch try state.answer(for: path) {
      case .contents(let contents): return contents
      case .notReadable(let reason): throw StorageError.notReadable(file: path, reason: reason)
      case .damaged(let reason): throw StorageError.damaged(file: path, reason: reason)
      }
    }
  }

  private static let word = "survey-hdf5-files"
  private static let state = Mutex(State())

  /// More than the contents of any file of ours.
  fileprivate static let mostBytes = 1 << 28

  /// What the other process says of a file.
  private enum Answer: Codable {
    case contents(HDF5Contents)
    case notReadable(String)
    case damaged(String)
  }

  // MARK: This side

  private struct State {
    var isUsed = false
    private var worker: (id: pid_t, channel: Channel)?

    mutating func answer(for path: String) throws -> Answer {
      // A process that someone else has ended says nothing of the file.
      for _ in 0..<3 {
        let (id, channel) = try running()
        if channel.send(Array(path.utf8)), let answer = channel.receive(),
          let decoded = try? JSONDecoder().decode(Answer.self, from: Data(answer))
        {
          return decoded
        }
        worker = nil
        channel.close()
        kill(id, SIGKILL)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        switch status & 0x7f {
        case SIGKILL, SIGTERM, SIGINT, SIGHUP: continue
        case SIGXCPU: return .damaged("HDF5 takes too long to read it")
        case 0: return .damaged("HDF5 failed on it")
        case let signal: return .damaged("HDF5 crashed on it, signal \(signal)")
        }
      }
      return .notReadable("the process that reads it is ended again and again")
    }

    private mutating func running() throws -> (id: pid_t, channel: Channel) {
      if let worker { return worker }
      let started = try start()
      worker = started
      return started
    }
  }

  private static func start() throws -> (id: pid_t, channel: Channel) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw failed(errno)
    }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What a terminal sends to this program is not meant for that one, which is still needed to end well.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var variables = ProcessInfo.processInfo.environment
    variables["SWIFT_BACKTRACE"] = "enable=no"
    var id: pid_t = 0
    let code = withStrings([CommandLine.arguments.first ?? word, word]) { arguments in
      withStrings(variables.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&id, "/proc/self/exe", &actions, &attributes, arguments, environment)
      }
    }
    guard code == 0 else {
      close(ends[0])
      throw failed(code)
    }
    return (id, Channel(descriptor: ends[0]))
  }

  private static func failed(_ code: Int32) -> StorageError {
    .notReadable(
      file: "/proc/self/exe", reason: "no process to read files in can be started: \(String(cString: strerror(code)))")
  }

  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }

  // MARK: The other side

  private static func serve() -> Never {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_IGN) }
    limit(RLIMIT_CORE, to: 0)
    limit(RLIMIT_FSIZE, to: 0)
    limit(RLIMIT_DATA, to: 1 << 30)
    limit(RLIMIT_AS, to: 8 << 30)
    let channel = Channel(descriptor: 0)
    let encoder = JSONEncoder()
    while let path = channel.receive() {
      allow(seconds: 10)
      guard let answer = try? encoder.encode(answer(for: String(decoding: path, as: UTF8.self))),
        channel.send(Array(answer))
      else { break }
    }
    _exit(0)
  }

  private static func answer(for path: String) -> Answer {
    do {
      return .contents(try HDF5Contents(surveying: path))
    } catch StorageError.damaged(_, let reason) {
      return .damaged(reason)
    } catch StorageError.notReadable(_, let reason) {
      return .notReadable(reason)
    } catch {
      return .damaged("\(error)")
    }
  }

  private static func limit(_ resource: __rlimit_resource, to most: UInt) {
    var values = rlimit(rlim_cur: most, rlim_max: most)
    setrlimit(__rlimit_resource_t(resource.rawValue), &values)
  }

  /// Lets this process compute for so many seconds more.
  private static func allow(seconds: Int) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    var values = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &values)
    values.rlim_cur = UInt(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + seconds)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &values)
  }
}

/// Messages over a socket: the length in eight bytes, and so many bytes.
private struct Channel: Sendable {
  let descriptor: Int32

  func close() { Foundation.close(descriptor) }

  func send(_ message: [UInt8]) -> Bool {
    let header = withUnsafeBytes(of: UInt64(message.count)) { Array($0) }
    return (header + message).withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let sent = Foundation.send(descriptor, bytes.baseAddress! + done, bytes.count - done, Int32(MSG_NOSIGNAL))
        if sent < 0, errno == EINTR { continue }
        guard sent > 0 else { return false }
        done += sent
      }
      return true
    }
  }

  /// The next message; nil where there is none, or none that is believed.
  func receive() -> [UInt8]? {
    guard let header = receive(8) else { return nil }
    let count = header.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    guard count <= SurveyProcess.mostBytes else { return nil }
    return receive(Int(count))
  }

  private func receive(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress! + done, count - done, 0) }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      done += got
    }
    return bytes
  }
}
