import Continual
import Testing

@Suite struct AccuracyMatrixTests {
  /// After 0 to 3 tasks, on three tasks.
  let matrix = AccuracyMatrix(rows: [
    [0.1, 0.2, 0.15], [0.9, 0.3, 0.05], [0.7, 0.8, 0.25], [0.5, 0.6, 0.95],
  ])

  func expect(_ values: [Double], _ expected: [Double]) {
    #expect(values.count == expected.count)
    for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) < 1e-12) }
  }

  @Test func everyMeasureByHand() {
    expect(matrix.average, [0.9, 0.75, (0.5 + 0.6 + 0.95) / 3])
    expect(matrix.forgetting, [0.2, (0.4 + 0.2) / 2])
    expect(matrix.backwardTransfer, [-0.2, -0.3])
    expect(matrix.firstTaskForgetting, [0.2, 0.4])
    // Task 2 after task 1: 0.3 - 0.2; task 3 after task 2: 0.25 - 0.15.
    expect(matrix.forwardTransfer, [0.1, 0.1])
  }

  @Test func aSingleTaskHasAnAverageOnly() {
    let single = AccuracyMatrix(rows: [[0.1], [0.9]])
    expect(single.average, [0.9])
    expect(single.forgetting, [])
    expect(single.forwardTransfer, [])
  }
}
