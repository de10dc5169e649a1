// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "MetaBench",
  products: [
    .executable(name: "metabench", targets: ["metabench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries: module maps and tiny shims only.
    .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),

    // Bottom to top; arrows only point up this list.
    .target(name: "CKernels"),
    .target(name: "Randomness"),
    .target(name: "Tensors", dependencies: ["CKernels", "COpenBLAS"]),
    .target(name: "Networks", dependencies: ["Tensors", "Randomness"]),
    .target(name: "Optimizers", dependencies: ["Tensors"]),
    .target(
      name: "Storage",
      dependencies: ["CHDF5", .product(name: "Crypto", package: "swift-crypto")]),
    .target(
      name: "Episodes",
      dependencies: ["CArchive", "CPNG", "Randomness", "Tensors", "Storage"],
      resources: [.copy("Splits")]),
    .target(
      name: "Algorithms",
      dependencies: ["Randomness", "Tensors", "Networks", "Optimizers", "Episodes"]),
    .target(name: "Statistics"),
    .target(
      name: "Suites",
      dependencies: ["Algorithms", "Episodes", "Networks", "Storage", .product(name: "Yams", package: "Yams")]),
    .target(name: "Results", dependencies: ["Storage"]),
    .target(
      name: "Experiments",
      dependencies: [
        "Algorithms", "CKernels", "Episodes", "Networks", "Optimizers", "Randomness", "Results",
        "Storage", "Suites", "Tensors",
      ]),
    .target(
      name: "Reports", dependencies: ["Results", "Statistics", "Suites"],
      resources: [.copy("Published")]),
    .executableTarget(
      name: "metabench",
      dependencies: [
        "Algorithms", "Episodes", "Experiments", "Reports", "Results", "Suites", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Randomness"]),
    .testTarget(name: "NetworksTests", dependencies: ["Networks", "Tensors", "Randomness"]),
    .testTarget(name: "OptimizersTests", dependencies: ["Optimizers", "Tensors"]),
    .testTarget(name: "StorageTests", dependencies: ["Storage"]),
    .testTarget(
      name: "EpisodesTests",
      dependencies: ["Episodes", "Storage", "Tensors", "Randomness", "CArchive", "CPNG"]),
    .testTarget(
      name: "AlgorithmsTests",
      dependencies: ["Algorithms", "Episodes", "Networks", "Randomness", "Storage", "Tensors"],
      resources: [.copy("Golden")]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
    .testTarget(name: "SuitesTests", dependencies: ["Suites", "Algorithms", "Episodes"]),
    .testTarget(name: "ResultsTests", dependencies: ["Results", "Storage"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Experiments", "Results", "Suites", "Tensors", "Episodes", "Algorithms"]),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Results", "Suites", "Statistics"]),
    .testTarget(
      name: "metabenchTests", dependencies: ["metabench", "Randomness", "Results", "Storage"],
      exclude: ["Transcripts"]),
  ],
  swiftLanguageModes: [.v6]
)
