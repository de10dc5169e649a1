import Results
import Testing

@Suite struct ProvenanceTests {
  @Test func jsonHasSortedKeysAndIsReadBack() {
    let provenance = Provenance(
      version: "0.1", commit: "", swift: "6.1", system: "Linux", cpu: "A/B", cpuFlags: ["avx2"],
      threads: 2, kernels: "SkylakeX", data: ["b": "2", "a": "1"])
    #expect(
      provenance.json == #"{"commit":"","cpu":"A/B","cpuFlags":["avx2"],"data":{"a":"1","b":"2"},"#
        + #""kernels":"SkylakeX","swift":"6.1","system":"Linux","threads":2,"version":"0.1"}"#)
    #expect(Provenance(json: provenance.json) == provenance)
    #expect(Provenance(json: "{}") == nil)
  }

  @Test func theLinearAlgebraIsReadBackAndMayBeAbsent() throws {
    var provenance = Provenance(
      version: "0.1", commit: "", swift: "6.1", system: "Linux", cpu: "A/B", cpuFlags: ["avx2"],
      threads: 2, kernels: "SkylakeX", data: [:])
    #expect(try #require(Provenance(json: provenance.json)).linearAlgebra == nil)
    provenance.linearAlgebra = "OpenBLAS 0.3.21 (Haswell)"
    #expect(Provenance(json: provenance.json) == provenance)
  }

  @Test func numbersOfExamplesAreReadBack() {
    var provenance = Provenance(
      version: "0.1", commit: "", swift: "6.1", system: "Linux", cpu: "A/B", cpuFlags: ["avx2"],
      threads: 2, kernels: "SkylakeX", data: [:])
    provenance.examplesPerClass = ["a/b/train": .init(fewest: 500, most: 500, complete: 600)]
    #expect(Provenance(json: provenance.json) == provenance)
    #expect(provenance.examplesPerClass?["a/b/train"]?.text == "500 (of 600)")
    #expect(Provenance.ExampleCount(fewest: 1, most: 2, complete: 3).text == "1 to 2 (of 3)")
    #expect(Provenance.ExampleCount(fewest: 3, most: 3, complete: 3).text == "3")
  }
}
