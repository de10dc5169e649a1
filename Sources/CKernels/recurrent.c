#include "kernel.h"

#pragma STDC FP_CONTRACT OFF

KERNEL void mb_lstm_cell(
    long rows, long hidden, const float *u, const float *cells, float *gates, float *shown,
    float *new_cells, float *out) {
  for (long r = 0; r < rows; r++, u += 4 * hidden, gates += 4 * hidden) {
    for (long c = 0; c < 3 * hidden; c++) gates[c] = logistic(u[c]);
    for (long c = 3 * hidden; c < 4 * hidden; c++) gates[c] = logistic(u[c] * 2);
    const float *i = gates, *f = i + hidden, *o = f + hidden, *g = o + hidden;
    for (long c = 0; c < hidden; c++) {
      const float s = f[c] * cells[c] + i[c] * (g[c] * 2 - 1);
      const float y = logistic(s * 2);
      new_cells[c] = s;
      shown[c] = y;
      out[c] = o[c] * (y * 2 - 1);
    }
    cells += hidden, shown += hidden, new_cells += hidden, out += hidden;
  }
}

/// The cotangent of x for the cotangent d of y = logistic(x).
INLINE float through_logistic(float d, float y) {
  const float dy = d * y;
  return dy - dy * y;
}

KERNEL void mb_lstm_cell_backward(
    long rows, long hidden, const float *gates, const float *shown, const float *cells,
    const float *d_out, const float *d_new_cells, float *d_u, float *d_cells) {
  for (long r = 0; r < rows; r++) {
    const float *i = gates, *f = i + hidden, *o = f + hidden, *g = o + hidden;
    for (long c = 0; c < hidden; c++) {
      float ds = d_new_cells ? d_new_cells[c] : 0;
      float d_o = 0;
      if (d_out) {
        d_o = d_out[c] * (shown[c] * 2 - 1);
        const float flow = through_logistic(d_out[c] * o[c] * 2, shown[c]) * 2;
        ds = d_new_cells ? ds + flow : flow;
      }
      d_u[c] = through_logistic(ds * (g[c] * 2 - 1), i[c]);
      d_u[hidden + c] = through_logistic(ds * cells[c], f[c]);
      d_u[2 * hidden + c] = through_logistic(d_o, o[c]);
      d_u[3 * hidden + c] = through_logistic(ds * i[c] * 2, g[c]) * 2;
      d_cells[c] = ds * f[c];
    }
    gates += 4 * hidden, d_u += 4 * hidden;
    shown += hidden, cells += hidden, d_cells += hidden;
    if (d_out) d_out += hidden;
    if (d_new_cells) d_new_cells += hidden;
  }
}
