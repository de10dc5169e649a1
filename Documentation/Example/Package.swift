// swift-tools-version: 6.1
import PackageDescription

// A package with a system of its own. Outside this repository, name MetaBench by its address:
//   .package(url: "https://github.com/.../MetaBench", branch: "main")
let package = Package(
  name: "saturated",
  dependencies: [.package(name: "MetaBench", path: "../..")],
  targets: [
    .executableTarget(
      name: "saturated", dependencies: [.product(name: "MetaBench", package: "MetaBench")])
  ],
  swiftLanguageModes: [.v6]
)
