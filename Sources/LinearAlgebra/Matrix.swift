/// A matrix of Float64.
///
///     let a = Matrix(rows: [[4, 1], [1, 3]])
///     a[1, 0]   // 1
public struct Matrix: Sendable, Equatable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// Column by column, as LAPACK has them. `[columns · rows]`
  public internal(set) var elements: [Double]

  /// A matrix from its elements, column by column.
  ///
  /// - Precondition: There are `rows` times `columns` of them.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(rows >= 0 && columns >= 0 && elements.count == rows * columns, "one number per element")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix of zeros.
  public init(zeros rows: Int, _ columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  /// A matrix from its rows, of which there is at least one.
  ///
  /// - Precondition: They are equally long.
  public init(rows: [[Double]]) {
    let columns = rows[0].count
    precondition(rows.allSatisfy { $0.count == columns }, "rows are equally long")
    self.init(
      rows: rows.count, columns: columns,
      elements: (0..<columns).flatMap { column in rows.map { $0[column] } })
  }

  /// The element in a row and a column, counted from 0.
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "inside the matrix")
      return elements[column * rows + row]
    }
    set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "inside the matrix")
      elements[column * rows + row] = newValue
    }
  }

  /// Rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(zeros: columns, rows)
    for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
    return result
  }
}
