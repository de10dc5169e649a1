import Foundation
import Storage

/// Gives libFuzzer's inputs to one reader of files, which the variable FUZZ_TARGET names.
///
/// A reader may refuse its input with an error of its own. Any other error, a trap, a hang or much memory is a finding.
@main enum Fuzz {
  static func main() {
    // In the process that looks at HDF5 files this does not return.
    SurveyProcess.use()
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
      Target.chosen.read(UnsafeBufferPointer(start: bytes, count: count))
      return 0
    })
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func LLVMFuzzerRunDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
