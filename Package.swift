// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "MetaBench",
  products: [
    .executable(name: "metabench", targets: ["metabench"]),
    // For packages that add systems of their own: Documentation/Example.
    .library(
      name: "MetaBench",
      targets: ["Commands", "Algorithms", "Episodes", "Networks", "Randomness", "Tensors"]),
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
    .target(name: "Randomness"),
    .target(name: "Tensors", dependencies: ["CKernels"]),
    .target(name: "Networks", dependencies: ["Tensors", "Randomness"]),
    .target(name: "Optimizers", dependencies: ["Tensors"]),
    .target(name: "Storage", dependencies: ["CCrypto", "CHDF5"]),
    .target(
      name: "Episodes",
      dependencies: [
        "CArchive", "CPNG", "CTurboJPEG", "EmbeddedFiles", "Randomness", "Tensors", "Storage",
      ],
      exclude: ["Splits"]),
    .target(
      name: "Algorithms",
      dependencies: ["Randomness", "Tensors", "Networks", "Optimizers", "Episodes"]),
    .target(name: "Statistics", dependencies: ["LinearAlgebra"]),
    .target(
      name: "Suites",
      dependencies: [
        "Algorithms", "EmbeddedFiles", "Episodes", "Networks", "Statistics", "Storage",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(name: "Results", dependencies: ["Storage"]),
    .target(name: "Judgements", dependencies: ["Algorithms", "Results", "Statistics", "Suites"]),
    .target(
      name: "Experiments",
      dependencies: [
        "Algorithms", "CKernels", "Episodes", "LinearAlgebra", "Networks", "Optimizers", "Randomness",
        "Results", "Statistics", "Storage", "Suites", "Tensors",
      ]),
    .target(
      name: "Reports",
      dependencies: [
        "Algorithms", "EmbeddedFiles", "Episodes", "Judgements", "Results", "Statistics", "Suites",
      ],
      exclude: ["Published", "Style"]),
    .target(
      name: "Commands",
      dependencies: [
        "Algorithms", "Episodes", "Experiments", "Judgements", "Reports", "Results", "Statistics",
        "Storage", "Suites", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "metabench", dependencies: ["Commands"]),

    .executableTarget(
      name: "bench",
      dependencies: [
        "Algorithms", "COpenBLAS", "Episodes", "Networks", "Randomness", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Sources"),

    // The example package of Documentation/Algorithms.md, so that it is built with everything else.
    .executableTarget(
      name: "saturated", dependencies: ["Algorithms", "Commands", "Networks", "Randomness", "Tensors"],
      path: "Documentation/Example/Sources/saturated"),

    // For tests only.
    .target(name: "TemporaryFolders", path: "Tests/TemporaryFolders"),
    .target(name: "SystemsSuite", dependencies: ["Algorithms"], path: "Tests/SystemsSuite"),
    .testTarget(name: "EmbeddedFilesTests", dependencies: ["EmbeddedFiles"]),
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Randomness"]),
    .testTarget(name: "NetworksTests", dependencies: ["Networks", "Tensors", "Randomness"]),
    .testTarget(name: "OptimizersTests", dependencies: ["Optimizers", "Tensors"]),
    .testTarget(name: "StorageTests", dependencies: ["Storage", "TemporaryFolders"]),
    .testTarget(
      name: "EpisodesTests",
      dependencies: [
        "CArchive", "CPNG", "CTurboJPEG", "Episodes", "Randomness", "Storage", "TemporaryFolders",
        "Tensors",
      ]),
    .testTarget(
      name: "AlgorithmsTests",
      dependencies: ["Algorithms", "Episodes", "Networks", "Randomness", "Storage", "Tensors"],
      resources: [.copy("Golden")]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
    .testTarget(name: "SuitesTests", dependencies: ["Suites", "Algorithms", "Episodes", "Statistics"]),
    .testTarget(name: "ResultsTests", dependencies: ["Results", "Storage", "TemporaryFolders"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Algorithms", "Episodes", "Experiments", "Results", "Statistics", "Storage", "Suites",
        "SystemsSuite", "TemporaryFolders", "Tensors",
      ]),
    .testTarget(
      name: "JudgementsTests",
      dependencies: [
        "Experiments", "Judgements", "Randomness", "Results", "Statistics", "Suites",
        "TemporaryFolders", "Tensors",
      ]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Algorithms", "Episodes", "Judgements", "Reports", "Results", "Suites", "Statistics"]),
    .testTarget(
      name: "metabenchTests",
      dependencies: [
        "metabench", "saturated", "Algorithms", "Randomness", "Results", "Storage", "SystemsSuite",
        "TemporaryFolders",
      ],
      exclude: ["Transcripts"]),
  ],
  swiftLanguageModes: [.v6]
)
