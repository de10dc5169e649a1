import Foundation

/// A small file system, or nil where it cannot be mounted (that takes root).
package final class SmallVolume {
  package let folder: TemporaryFolder
  package var url: URL { folder.url }

  package init?(kilobytes: Int) throws {
    folder = try TemporaryFolder()
    guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.url.path)
    else { return nil }
  }

  deinit { _ = Self.run("umount", folder.url.path) }

  private static func run(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
