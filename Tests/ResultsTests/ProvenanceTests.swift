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
}
