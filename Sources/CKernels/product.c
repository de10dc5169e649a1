#include "tile.h"

// Terms are added in runs of `depth`, for which a strip of b fits into the nearest cache. Where rows of b
// lie far apart and the strip is used often, it is copied so that it lies together.
enum { depth = 128, far_apart = 192 };

// c = a b for one strip of columns. Rows that the last tile has too many are computed from the last
// row again and not written.
INLINE void product_rows(
    const int R, const int V, long column, long m, long n, long k, const float *a, long a_row,
    long a_step, const float *b, long b_row, int adding, float *c, long c_row) {
  float copy[depth * most_vectors * LANES];
  // A row may be written over its end into the next one, which is written later.
  const int may_spill = k <= depth && !adding && c_row == n && n <= V * LANES;
  for (long start = 0; start < k; start += depth) {
    const long length = k - start < depth ? k - start : depth;
    const float *right = b + start * b_row + column;
    long right_row = b_row;
    const int add = adding || start > 0;
    if (b_row > far_apart && m > 2 * R) {
      for (long i = 0; i < length; i++)
        memcpy(copy + i * V * LANES, right + i * b_row, V * sizeof(vector));
      right = copy, right_row = V * LANES;
    }
    for (long first = 0; first < m; first += R) {
      const float *rows[most_rows];
      for (int r = 0; r < R; r++)
        rows[r] = a + (first + r < m ? first + r : m - 1) * a_row + start * a_step;
      tile t;
      clear(&t, R, V);
      add_rows(&t, R, V, length, rows, a_step, right, right_row);
#pragma clang loop unroll(full)
      for (int r = 0; r < R; r++)
        if (first + r < m) {
          const long end = first + r + 1 < m && may_spill ? V * LANES : n - column;
          write_row(&t, r, V, end, add, c + (first + r) * c_row + column);
        }
    }
  }
}

/// A few rows make one or two tiles of four or five, a single one a tile of its own.
INLINE void product_strip(
    cpu_level cpu, const int V, long column, long m, long n, long k, const float *a, long a_row,
    long a_step, const float *b, long b_row, int adding, float *c, long c_row) {
  const int R = tile_rows(cpu, V);
  if (m == 1)
    product_rows(1, V, column, m, n, k, a, a_row, a_step, b, b_row, adding, c, c_row);
  else if (R > 5 && (m <= 4 || (R == 6 && (m == 7 || m == 8))))
    product_rows(4, V, column, m, n, k, a, a_row, a_step, b, b_row, adding, c, c_row);
  else if (R > 5 && (m == 5 || m == 9 || m == 10))
    product_rows(5, V, column, m, n, k, a, a_row, a_step, b, b_row, adding, c, c_row);
  else
    product_rows(R, V, column, m, n, k, a, a_row, a_step, b, b_row, adding, c, c_row);
}

INLINE void product(
    cpu_level cpu, long count, long m, long n, long k, const float *a, long a_size, long a_row,
    long a_step, const float *b, long b_size, long b_row, int adding, float *c, long c_size,
    long c_row) {
  if (n == 1 && a_row == 1 && c_row == 1) {
    // A column of results whose terms lie side by side in a is computed as a row: whole vectors.
    const float *column = b;
    const long size = b_size;
    b = a, b_size = a_size, a = column, a_size = size;
    const long step = a_step;
    a_step = b_row, b_row = step;
    n = m, m = 1;
  }
  for (long i = 0; i < count; i++, a += a_size, b += b_size, c += c_size)
    FOR_STRIPS(cpu, n, product_strip, m, n, k, a, a_row, a_step, b, b_row, adding, c, c_row)
}

FOR_EVERY_CPU(
    mb_product, product,
    (long count, long m, long n, long k, const float *a, long a_size, long a_row, long a_step,
     const float *b, long b_size, long b_row, int adding, float *c, long c_size, long c_row),
    count, m, n, k, a, a_size, a_row, a_step, b, b_size, b_row, adding, c, c_size, c_row)

/// A square of 16 x 16 numbers, its rows becoming columns: four rounds in which halves change places.
INLINE void transpose_square(const float *from, long from_row, float *to, long to_row) {
  vector a[LANES], b[LANES];
#pragma clang loop unroll(full)
  for (int i = 0; i < LANES; i++) a[i] = load(from + i * from_row);
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    b[2 * i] = __builtin_shufflevector(
        a[i], a[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    b[2 * i + 1] = __builtin_shufflevector(
        a[i], a[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    a[2 * i] = __builtin_shufflevector(
        b[i], b[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    a[2 * i + 1] = __builtin_shufflevector(
        b[i], b[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    b[2 * i] = __builtin_shufflevector(
        a[i], a[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    b[2 * i + 1] = __builtin_shufflevector(
        a[i], a[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    a[2 * i] = __builtin_shufflevector(
        b[i], b[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    a[2 * i + 1] = __builtin_shufflevector(
        b[i], b[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < LANES; i++) memcpy(to + i * to_row, &a[i], sizeof a[i]);
}

KERNEL void mb_transpose(long count, long rows, long columns, const float *a, float *out) {
  for (long i = 0; i < count; i++, a += rows * columns, out += rows * columns)
    if (rows < LANES || columns < LANES) {
      for (long c = 0; c < columns; c++)
        for (long r = 0; r < rows; r++) out[c * rows + r] = a[r * columns + c];
    } else {
      for (long r = 0; r < rows; r += LANES)
        for (long c = 0; c < columns; c += LANES) {
          // The last squares overlap with those before.
          const long y = r + LANES <= rows ? r : rows - LANES;
          const long x = c + LANES <= columns ? c : columns - LANES;
          transpose_square(a + y * columns + x, columns, out + x * rows + y, rows);
        }
    }
}
