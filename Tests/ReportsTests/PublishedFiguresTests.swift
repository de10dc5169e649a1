import Reports
import Testing

@Suite struct PublishedFiguresTests {
  @Test func everyFigureHasANumberASourceAndAPlace() {
    #expect(PublishedFigures.all.count == 157)
    for figure in PublishedFigures.all {
      #expect(figure.number != nil, "\(figure)")
      #expect(figure.interval.isEmpty || figure.halfWidth != nil, "\(figure)")
      #expect(!figure.source.isEmpty && !figure.place.isEmpty, "\(figure)")
      #expect(figure.metric == "accuracy" || figure.metric == "loss")
      #expect(figure.metric == "loss" || (0...1).contains(figure.number!), "\(figure)")
    }
  }

  @Test func knownFiguresAreThere() throws {
    let maml = try #require(
      PublishedFigures.all.first {
        $0.algorithm == "maml" && $0.dataset == "omniglot" && $0.way == 20 && $0.shot == 1
      })
    #expect(maml.text == "95.8 ± 0.3")
    #expect(maml.number == 0.958)
    #expect(maml.halfWidth == 0.003)
    #expect(maml.metaBatch == 16)
    #expect(maml.origin.hasPrefix("Finn et al. 2017, table 1; "))
  }

  @Test func papersTellTheirNetworkAndReRunsTellNothing() throws {
    for figure in PublishedFigures.all {
      if !figure.isOwn { #expect(figure.iterations == nil, "\(figure)") }
      if figure.isOwn {
        #expect(figure.iterations != nil || figure.note.contains("training not given"), "\(figure)")
      }
      if figure.algorithm == "protonet", figure.isOwn {
        #expect(figure.filters == 64)
        #expect(figure.trainWay == (figure.dataset == "omniglot" ? 60 : figure.shot == 1 ? 30 : 20))
      }
      if figure.algorithm == "maml", figure.isOwn, figure.settings["network"] == "conv" {
        #expect(figure.filters == (figure.dataset == "omniglot" ? 64 : 32))
        #expect(figure.metaRate == 0.001)
      }
    }
  }
}
