import Episodes
import Foundation
import Randomness
import Testing

@Suite struct DatasetsTests {
  let nowhere = URL(fileURLWithPath: "/nonexistent")

  @Test func everyDatasetIsListed() {
    #expect(
      Datasets.all.map(\.name) == [
        "omniglot", "mini-imagenet", "cifar-fs", "fc100", "mnist", "sinusoid", "polynomial", "harmonic",
        "quadratic", "gp-curves", "strokes", "digits", "gaussians",
      ])
    #expect(
      Datasets.all.filter(\.needsImport).map(\.name)
        == ["omniglot", "mini-imagenet", "cifar-fs", "fc100", "mnist"])
    #expect(
      Datasets.all.filter(\.isRegression).map(\.name) == ["sinusoid", "polynomial", "harmonic", "quadratic", "gp-curves"])
    for dataset in Datasets.all {
      #expect((Datasets.importing(dataset.name) != nil) == dataset.needsImport)
    }
    #expect(Datasets.all.allSatisfy { !$0.splits.isEmpty })
    #expect(Datasets.all.flatMap(\.splits).allSatisfy { $0.digest.count == 64 })
    #expect(Datasets.named("svhn") == nil)
  }

  @Test(arguments: ["sinusoid", "polynomial", "harmonic", "quadratic", "gp-curves", "strokes", "gaussians"])
  func generatedDatasetsAreWhatTheirDescriptionSays(_ name: String) throws {
    let dataset = try #require(Datasets.named(name))
    let split = dataset.splits[0]
    var digests: Set<String> = []
    for part in Part.allCases {
      let source = try Datasets.episodes(name, split: split.name, part: part, data: nowhere)
      #expect(source.inputKind == dataset.inputKind)
      #expect(source.classCount == split.classes[part])
      #expect((source.classCount == nil) == dataset.isRegression)
      digests.insert(source.digest)
    }
    #expect(digests.count == (dataset.isRegression ? 1 : 3))
  }

  @Test func datasetsSayWhetherTheyGiveEpisodesOrImages() throws {
    for dataset in Datasets.all {
      let givesImages = ["mnist", "digits"].contains(dataset.name)
      let givesAlphabets = ["omniglot", "strokes"].contains(dataset.name)
      #expect(dataset.provides == (givesImages ? [.images] : givesAlphabets ? [.episodes, .alphabets] : [.episodes]))
      #expect(dataset.splits.allSatisfy { $0.images.isEmpty == !givesImages })
    }
    let digits = try Datasets.open("digits", split: "standard", part: .test, data: nowhere)
    #expect(digits is LabelledImages)
  }

  @Test func unknownNamesAreErrorsThatNameTheKnownOnes() {
    let dataset = #expect(throws: EpisodesError.self) {
      try Datasets.episodes("omniglott", split: "vinyals", part: .test, data: nowhere)
    }
    #expect("\(dataset!)".contains("omniglot, mini-imagenet, cifar-fs, fc100, mnist, sinusoid, polynomial"))
    let split = #expect(throws: EpisodesError.self) {
      try Datasets.episodes("omniglot", split: "vinyal", part: .test, data: nowhere)
    }
    #expect("\(split!)".contains("vinyals, vinyals-trainval, cs330"))
  }

  @Test func aMissingImportIsAnErrorThatSaysWhatToRun() {
    let error = #expect(throws: EpisodesError.self) {
      try Datasets.episodes("omniglot", split: "vinyals", part: .test, data: nowhere)
    }
    #expect("\(error!)".contains("/nonexistent/omniglot.h5"))
    #expect("\(error!)".contains("metabench data fetch omniglot"))
    let other = #expect(throws: EpisodesError.self) {
      try Datasets.episodes("mini-imagenet", split: "ravi", part: .test, data: nowhere)
    }
    #expect("\(other!)".contains("metabench data import mini-imagenet"))
    #expect(!"\(other!)".contains("data fetch"), "there is nothing to fetch")
  }
}
