import Episodes
import Kinds
import Measures
import NeuralProcesses
import Randomness
import Tensors
import Testing

/// The kind as the program sees it: plans, refusals, functions, and cells that run.
struct NeuralProcessesTests {
  /// The outcomes of four test functions after five iterations, and the loss of each of those.
  private func outcomes(of run: some CellRun) throws -> (losses: [Double], units: [UnitOutcome]) {
    var learned = run.begin()
    let losses = try (0..<5).map { try run.train(&learned, iteration: $0) }
    let units = try (0..<4).map { unit in
      var state = try run.begin(unit: unit, of: .test, with: learned)
      return try run.advance(&state, with: learned)!
    }
    return (losses, units)
  }

  @Test(arguments: ["cnp", "np", "nearest-neighbor", "constant", "gp"])
  func everySystemTellsOfFiveContexts(_ system: String) throws {
    let plan = try Samples.plan(system)
    #expect(plan.kind.slug == "50targets" && plan.effort.unitsPerIteration == 3)
    let names = ["nll", "mse", "deviation", "narrowing"] + (system == "np" ? ["drawn-deviation"] : [])
    #expect(plan.metrics.map(\.name) == names)
    let (losses, units) = try outcomes(of: plan.run(in: Samples.context(GaussianCurves())))
    #expect(losses.allSatisfy { $0.isFinite })
    for unit in units {
      #expect(unit.rows.map(\.metric.name) == names)
      for row in unit.rows {
        #expect(row.axes == [OutcomeAxis("contexts", [1, 3, 5, 10, 20])])
        #expect(row.values.allSatisfy { $0.isFinite })
      }
    }
    #expect(Set(units.map(\.digest)).count == 4)
  }

  @Test func allSystemsSeeTheSameFunctions() throws {
    let digests = try ["cnp", "gp"].map { name in
      let run = try Samples.plan(name).run(in: Samples.context(GaussianCurves()))
      let digests = try (0..<4).map { try run.digest(ofUnit: $0, of: .test) }
      #expect(try outcomes(of: run).units.map(\.digest) == digests)
      return digests
    }
    #expect(digests[0] == digests[1])
  }

  /// A conditional process learns: in 400 updates its loss falls by more than a tenth.
  @Test func trainingMakesTheLossSmall() throws {
    let run = try Samples.plan("cnp", training: ["batch": 16]).run(in: Samples.context(GaussianCurves()))
    func losses(_ run: some CellRun) throws -> [Double] {
      var learned = run.begin()
      return try (0..<400).map { try run.train(&learned, iteration: $0) }
    }
    let all = try losses(run)
    let (first, last) = (all.prefix(20).reduce(0, +) / 20, all.suffix(50).reduce(0, +) / 50)
    #expect(last < 0.9 * first, "\(first), \(last)")
  }

  @Test func imagesAreFunctionsOfThePlace() throws {
    let images = StrokeDigits.images(of: .test)
    let task = FunctionSource(images)!.task(contexts: 784, targets: 784, from: Samples.stream(1))
    #expect(task.contexts.inputs.shape == [784, 2] && task.targets.values.shape == [784, 1])
    // Every pixel once, and both sets are the same image.
    func image(_ points: Points) -> [Int: Float] {
      Dictionary(
        uniqueKeysWithValues: (0..<784).map { point in
          let place = points.inputs.slice(0, point..<point + 1).elements.map { Int((($0 + 1) * 13.5).rounded()) }
          return (place[0] * 28 + place[1], points.values.elements[point])
        })
    }
    let found = image(task.targets)
    #expect(found == image(task.contexts) && found.count == 784)
    let pixels = (0..<784).map { found[$0]! }
    let known = (0..<images.count).contains { index in
      images.pixels[index * 784..<(index + 1) * 784].elementsEqual(pixels.map { UInt8(($0 * 255).rounded()) })
    }
    #expect(known, "it is an image of the part")
  }

  @Test func imagesOfClassesWillDo() throws {
    let plan = try Samples.plan("cnp", on: "strokes", axes: ["targets": 100])
    #expect(plan.kind.slug == "100targets" && plan.axes["mse"]?[0].places == [1, 10, 30, 100, 300, 784])
    let units = try outcomes(of: plan.run(in: Samples.context(StrokeCharacters.images(of: .validation)))).units
    #expect(units[0].rows[1].values.count == 6)
  }

  /// Four images: what is told of ten to 300 pixels is the image's, and the last picture is the image.
  @Test func completionsShowWhatWasTold() throws {
    let images = StrokeDigits.images(of: .test)
    let run = try Samples.plan("cnp", on: "digits", axes: ["targets": 784]).run(in: Samples.context(images))
    func pictures(_ run: some CellRun) throws -> [PictureSheet] { try run.pictures(with: run.begin()) }
    let sheet = try #require(try pictures(run).first)
    #expect(sheet.rows == 4 && sheet.columns == 13 && sheet.height == 28 && sheet.channels == 1)
    for row in 0..<4 {
      func picture(_ column: Int) -> [UInt8] { Array(sheet.pixels[(row * 13 + column) * 784..<(row * 13 + column + 1) * 784]) }
      let image = picture(12)
      let isKnown = (0..<images.count).contains { images.pixels[$0 * 784..<($0 + 1) * 784].elementsEqual(image) }
      #expect(isKnown)
      for (column, count) in zip([0, 3, 6, 9], [10, 30, 100, 300]) {
        let told = picture(column).enumerated().filter { $0.element != 128 }
        #expect(told.count <= count && told.count > count / 2)
        let isOfTheImage = told.allSatisfy { $0.element == image[$0.offset] }
        #expect(isOfTheImage)
      }
    }
    let ofCurves = try pictures(Samples.plan("cnp").run(in: Samples.context(GaussianCurves())))
    #expect(ofCurves.isEmpty)
  }

  /// The exact process goes through what was told, and is surer there than elsewhere.
  @Test func curvesGoThroughWhatWasTold() throws {
    let run = try Samples.plan("gp").run(in: Samples.context(GaussianCurves()))
    func curves(_ run: some CellRun) throws -> [CurveSheet] { try run.curves(with: run.begin()) }
    let sheet = try #require(try curves(run).first)
    #expect(sheet.columns == 3 && sheet.panels.map(\.told.count) == [1, 5, 20, 1, 5, 20])
    for panel in sheet.panels {
      let isOrdered = zip(panel.x, panel.x.dropFirst()).allSatisfy(<)
      #expect(isOrdered && panel.truth.count == 50)
      let step = panel.x[1] - panel.x[0]
      for point in panel.told {
        let place = Int(((point.x - panel.x[0]) / step).rounded())
        #expect(abs(panel.mean[place] - point.y) < 0.4 && panel.deviation[place] < 0.2)
      }
      #expect(panel.deviation.max()! > panel.deviation.min()!)
    }
    let ofImages = try curves(
      Samples.plan("cnp", on: "digits", axes: ["targets": 784]).run(in: Samples.context(StrokeDigits.images(of: .test))))
    #expect(ofImages.isEmpty)
  }

  @Test func whatCannotBeIsRefused() {
    func refusal(_ make: () throws -> CellPlan) -> PlanError? {
      do { _ = try make(); return nil } catch { return error as? PlanError }
    }
    #expect(refusal { try Samples.plan("cnp", on: "gaussians") }?.paths == ["dataset"])
    #expect(refusal { try Samples.plan("cnp", on: "digits", axes: ["targets": 785]) }?.paths == ["targets"])
    #expect(refusal { try Samples.plan("cnp", on: "digits", training: ["points": 785]) }?.paths == ["train.points"])
    #expect(refusal { try Samples.plan("cnp", training: ["mostContexts": 21]) }?.paths == ["train.mostContexts", "train.points"])
    #expect(refusal { try Samples.plan("cnp", training: ["fewestContexts": 11]) }?.paths.first == "train.fewestContexts")
    #expect(Samples.kind.system(named: "gp")!.settings(Datasets.named("sinusoid")!) == nil)
  }
}
