// swift-tools-version: 6.1
import PackageDescription

// A package with two systems of its own, a program for each. Outside this repository, name MetaBench by its address:
//   .package(url: "https://github.com/.../MetaBench", branch: "main")
let package = Package(
  name: "examples",
  dependencies: [.package(name: "MetaBench", path: "../..")],
  targets: [
    .executableTarget(
      name: "saturated", dependencies: [.product(name: "MetaBench", package: "MetaBench")]),
    .executableTarget(
      name: "distance", dependencies: [.product(name: "MetaBench", package: "MetaBench")]),
  ],
  swiftLanguageModes: [.v6]
)
