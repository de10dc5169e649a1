import Foundation

/// Measurements as a table for people and as CSV for history.
struct BenchmarkTable {
  let measurements: [Measurement]
  let threads: Int

  private static let columns = [
    "workload", "rate", "unit", "MFLOP/unit", "GFLOP/s", "% of sgemm", "threads", "x 1 thread",
    "peak MB", "peer", "ratio", "target", "peer MB",
  ]

  private func row(_ m: Measurement) -> [String] {
    func number(_ value: Double?, _ digits: Int) -> String {
      value.map { String(format: "%.\(digits)f", $0) } ?? ""
    }
    let peer = m.peerRates.isEmpty ? nil : median(m.peerRates)
    return [
      m.workload.name, number(m.rate, m.rate < 100 ? 2 : 0), "\(m.workload.unit)/s",
      number(m.workload.operations / 1e6, 2), number(m.rate * m.workload.operations / 1e9, 1),
      number(100 * m.share, 0), "\(threads)", number(m.scaling, 2),
      number(Double(m.peakBytes) / 1e6, 0), number(peer, peer ?? 0 < 100 ? 2 : 0), number(m.ratio, 2),
      peer == nil ? "" : number(m.workload.target, 1),
      m.peerBytes == 0 ? "" : number(Double(m.peerBytes) / 1e6, 0),
    ]
  }

  var text: String {
    let rows = [Self.columns] + measurements.map(row)
    let widths = Self.columns.indices.map { column in rows.map { $0[column].count }.max()! }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let fill = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 || column == 2 ? cell + fill : fill + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  var csv: String {
    ([Self.columns] + measurements.map(row)).map { $0.joined(separator: ",") + "\n" }.joined()
  }
}
