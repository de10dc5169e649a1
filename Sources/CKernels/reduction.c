#include "exponential.h"

#include <math.h>

KERNEL float mb_sum(long n, const float *a) {
  float lane[LANES] = {0};
  long i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lane[l] += a[i + l];
  for (int l = 0; i < n; i++, l++) lane[l] += a[i];
  return sum_lanes(lane);
}

KERNEL void mb_sum_rows(long count, long rows, long columns, const float *a, float *out) {
  for (long i = 0; i < count; i++, a += rows * columns, out += columns)
    for (long c = 0; c < columns; c += LANES) {
      vector sum = load(a + c);
      for (long r = 1; r < rows; r++) sum += load(a + r * columns + c);
      store(out + c, columns - c, sum);
    }
}

KERNEL void mb_repeat_rows(long count, long rows, long columns, const float *a, float *out) {
  for (long i = 0; i < count; i++, a += columns)
    for (long r = 0; r < rows; r++, out += columns)
      for (long c = 0; c < columns; c += LANES) store(out + c, columns - c, load(a + c));
}

KERNEL void mb_shift_rows(
    long count, long rows, long columns, const float *row, int relu, float *out) {
  for (long i = 0; i < count; i++, row += columns)
    for (long r = 0; r < rows; r++, out += columns)
      for (long c = 0; c < columns; c += LANES) {
        vector v = load(out + c) + load(row + c);
        const vector zero = {0};
        if (relu) v = keep(v, ~(v < zero));  // NaN stays NaN
        store(out + c, columns - c, v);
      }
}

/// The largest number of a row.
INLINE float largest(long n, const float *a) {
  float lane[LANES];
  for (int l = 0; l < LANES; l++) lane[l] = a[0];
  long i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lane[l] = a[i + l] > lane[l] ? a[i + l] : lane[l];
  float m = lane[0];
  for (int l = 1; l < LANES; l++) m = lane[l] > m ? lane[l] : m;
  for (; i < n; i++) m = a[i] > m ? a[i] : m;
  return m;
}

KERNEL void mb_softmax(long rows, long columns, const float *logits, float *out) {
  for (long r = 0; r < rows; r++, logits += columns, out += columns) {
    float shift = largest(columns, logits);
    for (long c = 0; c < columns; c++) out[c] = exponential(logits[c] - shift);
    float scale = 1 / mb_sum(columns, out);
    for (long c = 0; c < columns; c++) out[c] *= scale;
  }
}

float mb_cross_entropy(long rows, long columns, const float *logits, const int *labels) {
  double total = 0;
  for (long r = 0; r < rows; r++, logits += columns) {
    float shift = largest(columns, logits), sum = 0;
    for (long c = 0; c < columns; c++) sum += exponential(logits[c] - shift);
    total += logf(sum) + shift - logits[labels[r]];
  }
  return (float)(total / rows);
}
