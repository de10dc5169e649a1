// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "MetaBench",
  products: [
    .executable(name: "metabench", targets: ["metabench"]),
    // For packages that add systems of their own: Documentation/Example.
    .library(
      name: "MetaBench",
      targets: [
        "AlphabetTrials", "Commands", "Continual", "Episodes", "FewShot", "Kinds", "Measures", "Networks",
        "NeuralProcesses", "Optimizers", "Randomness", "Sequences", "Tensors", "Transfer",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // System libraries: module maps and tiny shims only.
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // Bottom to top; arrows only point up this list.
    .target(name: "CKernels"),
    .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"]),
    .target(name: "CEmbedded", cSettings: [.headerSearchPath("../..")]),
    .target(name: "EmbeddedFiles", dependencies: ["CEmbedded"]),
    .target(name: "Statistics", dependencies: ["LinearAlgebra"]),
    .target(name: "Randomness"),
    .target(name: "Tensors", dependencies: ["CKernels"]),
    .target(name: "Networks", dependencies: ["CKernels", "Randomness", "Tensors"]),
    .target(name: "Optimizers", dependencies: ["Tensors"]),
    .target(name: "Measures"),
    .target(name: "Digests", dependencies: ["CCrypto"]),
    .target(name: "Storage", dependencies: ["CHDF5", "Digests"]),
    .target(
      name: "Episodes",
      dependencies: [
        "CArchive", "CPNG", "CTurboJPEG", "Digests", "EmbeddedFiles", "Randomness", "Tensors", "Storage",
      ],
      exclude: ["Splits"]),
    .target(
      name: "Kinds",
      dependencies: ["Episodes", "Measures", "Networks", "Optimizers", "Randomness", "Tensors"]),

    // Kinds of experiment: each a folder here and a line in Registry.
    .target(
      name: "FewShot",
      dependencies: [
        "Digests", "Episodes", "Kinds", "Measures", "Networks", "Optimizers", "Randomness", "Statistics",
        "Tensors",
      ]),
    .target(
      name: "AlphabetTrials",
      dependencies: ["Digests", "Episodes", "Kinds", "Measures", "Networks", "Randomness", "Tensors"]),
    .target(
      name: "Continual",
      dependencies: ["Digests", "Episodes", "Kinds", "Measures", "Randomness", "Tensors"]),
    .target(
      name: "NeuralProcesses",
      dependencies: [
        "Digests", "Episodes", "Kinds", "Measures", "Networks", "Randomness", "Tensors",
      ]),
    .target(
      name: "Sequences",
      dependencies: [
        "CKernels", "Digests", "Episodes", "Kinds", "Measures", "Networks", "Randomness", "Tensors",
      ]),
    .target(
      name: "Transfer",
      dependencies: ["Digests", "Episodes", "Kinds", "Measures", "Networks", "Randomness", "Tensors"]),
    .target(
      name: "Registry",
      dependencies: [
        "AlphabetTrials", "Continual", "FewShot", "Kinds", "NeuralProcesses", "Sequences", "Transfer",
      ]),

    .target(
      name: "Suites",
      dependencies: [
        "Digests", "EmbeddedFiles", "Episodes", "Kinds", "Measures", "Randomness", "Registry", "Statistics",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(name: "Results", dependencies: ["Digests", "Measures", "Storage"]),
    .target(name: "Judgements", dependencies: ["Kinds", "Measures", "Results", "Statistics", "Suites"]),
    .target(
      name: "Experiments",
      dependencies: [
        "CKernels", "Digests", "Episodes", "Kinds", "LinearAlgebra", "Measures", "Randomness", "Results",
        "Statistics", "Storage", "Suites", "Tensors",
      ]),
    .target(
      name: "Reports",
      dependencies: [
        "CPNG", "EmbeddedFiles", "Judgements", "Kinds", "Measures", "Results", "Statistics", "Suites",
      ],
      exclude: ["Published", "Style"]),
    .target(
      name: "Commands",
      dependencies: [
        "Digests", "Episodes", "Experiments", "FewShot", "FewShotCells", "Judgements", "Kinds", "Measures", "Registry",
        "Reports", "Results", "Statistics", "Storage", "Suites", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "metabench", dependencies: ["Commands"]),

    .executableTarget(
      name: "bench",
      dependencies: [
        "AlphabetTrials", "COpenBLAS", "Episodes", "FewShot", "Kinds", "Measures", "Networks", "NeuralProcesses",
        "Randomness", "Sequences", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Sources"),

    // The example package of Documentation/Algorithms.md, so that it is built with everything else.
    .executableTarget(
      name: "saturated", dependencies: ["Commands", "FewShot", "Kinds", "Networks", "Randomness", "Tensors"],
      path: "Documentation/Example/Sources/saturated"),
    .executableTarget(
      name: "distance",
      dependencies: ["Commands", "Episodes", "FewShot", "Kinds", "Networks", "Randomness", "Tensors"],
      path: "Documentation/Example/Sources/distance"),

    // For tests only.
    .target(name: "TemporaryFolders", path: "Tests/TemporaryFolders"),
    .target(name: "SystemsSuite", dependencies: ["FewShot"], path: "Tests/SystemsSuite"),
    .target(
      name: "FewShotCells",
      dependencies: ["Episodes", "FewShot", "Kinds", "Measures", "Networks", "Randomness", "Results", "Suites"],
      path: "Tests/FewShotCells"),
    .testTarget(name: "EmbeddedFilesTests", dependencies: ["EmbeddedFiles"]),
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Randomness"]),
    .testTarget(name: "NetworksTests", dependencies: ["Networks", "Tensors", "Randomness"]),
    .testTarget(name: "OptimizersTests", dependencies: ["Optimizers", "Randomness", "Tensors"]),
    .testTarget(name: "StorageTests", dependencies: ["CHDF5", "Digests", "Storage", "TemporaryFolders"]),
    .testTarget(
      name: "EpisodesTests",
      dependencies: [
        "CArchive", "CPNG", "CTurboJPEG", "Digests", "Episodes", "Randomness", "Storage", "TemporaryFolders",
        "Tensors",
      ]),
    .testTarget(
      name: "FewShotTests",
      dependencies: [
        "Digests", "Episodes", "FewShot", "Kinds", "Measures", "Networks", "Randomness", "Storage", "Tensors",
      ],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "AlphabetTrialsTests",
      dependencies: ["AlphabetTrials", "Episodes", "Kinds", "Measures", "Networks", "Randomness", "Tensors"]),
    .testTarget(
      name: "ContinualTests",
      dependencies: ["Continual", "Episodes", "Kinds", "Measures", "Randomness", "Tensors"]),
    .testTarget(
      name: "NeuralProcessesTests",
      dependencies: ["Episodes", "Kinds", "Measures", "Networks", "NeuralProcesses", "Randomness", "Tensors"]),
    .testTarget(
      name: "SequencesTests",
      dependencies: ["Episodes", "Kinds", "Measures", "Networks", "Randomness", "Sequences", "Tensors"]),
    .testTarget(
      name: "TransferTests",
      dependencies: ["Episodes", "Kinds", "Measures", "Networks", "Randomness", "Tensors", "Transfer"]),
    // One suite of each kind through the whole program.
    .testTarget(
      name: "KindTests",
      dependencies: [
        "Experiments", "Judgements", "Registry", "Reports", "Results", "Suites", "TemporaryFolders", "Tensors",
      ]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
    .testTarget(name: "SuitesTests", dependencies: ["Suites", "Episodes", "FewShot", "FewShotCells", "Kinds", "Measures", "Statistics"]),
    .testTarget(name: "ResultsTests", dependencies: ["Digests", "FewShotCells", "Measures", "Results", "Storage", "TemporaryFolders"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Episodes", "Experiments", "FewShot", "FewShotCells", "Kinds", "Measures", "Results", "Statistics", "Storage", "Suites",
        "SystemsSuite", "TemporaryFolders", "Tensors",
      ]),
    .testTarget(
      name: "JudgementsTests",
      dependencies: [
        "Experiments", "FewShot", "FewShotCells", "Judgements", "Kinds", "Measures", "Randomness", "Results", "Statistics", "Suites",
        "SystemsSuite", "TemporaryFolders", "Tensors",
      ]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Episodes", "FewShot", "FewShotCells", "Kinds", "Measures", "Reports", "Results", "Statistics", "Suites",
      ]),
    .testTarget(
      name: "metabenchTests",
      dependencies: [
        "metabench", "distance", "saturated", "Commands", "FewShot", "FewShotCells", "Kinds", "Measures", "Randomness", "Results", "Storage", "SystemsSuite",
        "TemporaryFolders",
      ],
      exclude: ["Transcripts"]),
  ],
  swiftLanguageModes: [.v6]
)

// Fuzzers, which need a build of their own: make fuzz.
if Context.environment["METABENCH_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["Episodes", "Measures", "Results", "Storage", "Suites"], path: "Fuzzing/Sources"))
}
