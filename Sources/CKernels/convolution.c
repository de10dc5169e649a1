#include "kernel.h"

#include <string.h>

// Numbers are moved 16 at a time. A store may run over the end of its row into what is written
// later, never past the rows that are its own; a load may run over either end of a block, which has
// readable bytes there, and what it should not have read is masked away.

// Vectors are passed to functions that become part of their caller: how they are passed never matters.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float vector __attribute__((vector_size(4 * LANES)));
typedef int mask __attribute__((vector_size(4 * LANES)));

INLINE vector load(const float *from) {
  vector v;
  memcpy(&v, from, sizeof v);
  return v;
}

/// Stores the numbers that lie before `end`.
INLINE void store(float *to, const float *end, vector v) {
  if (to + LANES <= end) memcpy(to, &v, sizeof v);
  else
    for (int l = 0; to + l < end; l++) to[l] = v[l];
}

/// The lanes l with 0 <= first + step * l < length.
INLINE mask lanes_inside(long first, int step, long length) {
  const mask lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const mask at = lane * step + (int)first;
  return (at >= 0) & (at < (int)length);
}

INLINE vector keep(vector v, mask inside) { return (vector)((mask)v & inside); }

/// Every second number of the 32 that start at `from`.
INLINE vector load_even(const float *from) {
  return __builtin_shufflevector(
      load(from), load(from + LANES), 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

// Both directions are written for a stride of 1 or 2, which the compiler gets to see.

INLINE void unfold(
    const mb_geometry *g, const int stride, const float *images, long total, long first, long count,
    float *columns) {
  const long h = g->height, w = g->width, k = g->kernel, oh = g->out_height, ow = g->out_width;
  const long row = count * oh * ow;
  for (long c = 0; c < g->channels; c++)
    for (long tap = 0; tap < k * k; tap++) {
      const long dy = tap / k - g->padding, dx = tap % k - g->padding;
      float *out = columns + (c * k * k + tap) * row;
      const float *end = out + row;
      // From the last vector of a row to the first: what one runs over, a later one writes.
      for (long start = (ow - 1) / LANES * LANES; start >= 0; start -= LANES) {
        const mask inside = lanes_inside(stride * start + dx, stride, w);
        float *to = out + start;
        for (long n = 0; n < count; n++) {
          const float *image = images + (c * total + first + n) * h * w + stride * start + dx;
          for (long oy = 0; oy < oh; oy++, to += ow) {
            const long y = stride * oy + dy;
            vector v = {0};
            if (y >= 0 && y < h) {
              const float *from = image + y * w;
              v = keep(stride == 1 ? load(from) : load_even(from), inside);
            }
            store(to, end, v);
          }
        }
      }
    }
}

INLINE void fold(
    const mb_geometry *g, const int stride, const float *columns, long total, long first, long count,
    float *images) {
  const long h = g->height, w = g->width, k = g->kernel, oh = g->out_height, ow = g->out_width;
  const long row = count * oh * ow, p = g->padding;
  for (long c = 0; c < g->channels; c++) {
    float *out = images + (c * total + first) * h * w;
    const float *end = out + count * h * w;
    for (long n = 0; n < count; n++)
      for (long y = 0; y < h; y++, out += w)
        for (long start = 0; start < w; start += stride * LANES) {
          // sum[f] belongs to the columns start + stride * lane + f.
          vector sum[2] = {{0}, {0}};
          for (long ky = 0; ky < k; ky++) {
            const long sy = y + p - ky;
            if (sy < 0 || sy % stride || sy / stride >= oh) continue;
            for (long kx = 0; kx < k; kx++) {
              const long f = (kx + p) % stride;  // p - kx and p + kx are both even or both odd
              const long ox = (start + f + p - kx) / stride;
              const float *from =
                  columns + (c * k * k + ky * k + kx) * row + (n * oh + sy / stride) * ow + ox;
              sum[f] += keep(load(from), lanes_inside(ox, 1, ow));
            }
          }
          if (stride == 1) {
            store(out + start, end, sum[0]);
          } else {
            store(
                out + start, end,
                __builtin_shufflevector(
                    sum[0], sum[1], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
            if (start + LANES < w) store(
                out + start + LANES, end,
                __builtin_shufflevector(
                    sum[0], sum[1], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
          }
        }
  }
}

KERNEL void mb_unfold(
    const mb_geometry *g, const float *images, long total, long first, long count, float *columns) {
  if (g->stride == 1) unfold(g, 1, images, total, first, count, columns);
  else unfold(g, 2, images, total, first, count, columns);
}

KERNEL void mb_fold(
    const mb_geometry *g, const float *columns, long total, long first, long count, float *images) {
  if (g->stride == 1) fold(g, 1, columns, total, first, count, images);
  else fold(g, 2, columns, total, first, count, images);
}
