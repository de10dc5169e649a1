#include "tile.h"

// 3 x 3 convolutions of stride 1 and padding 1 in 16 instead of 36 multiplications for each 2 x 2 outputs:
// F(2x2, 3x3) of Lavin and Gray 2016 (arXiv:1509.09308, section 4.1),
//
//     y = Aᵀ [(G w Gᵀ) ∘ (Bᵀ d B)] A,    dw = Gᵀ [(Bᵀ d B) ∘ (A g Aᵀ)] G,
//
// where d is the 4 x 4 window of the input under a tile of 2 x 2 outputs, and ∘ is, for each of the 16
// places, a product of matrices [tiles, in] and [in, out]. Channels are a multiple of 16.

enum { places = 16, tiles_at_a_time = 64 };

typedef struct {
  long height, width, per_row, per_image;
} tiling;

INLINE tiling tiling_of(long height, long width) {
  const long per_row = (width + 1) / 2;
  return (tiling){height, width, per_row, per_row * ((height + 1) / 2)};
}

/// Bᵀ, which a row or column of four goes through.
#define SPREAD(a, b, c, d)                                  \
  {                                                         \
    const vector w0 = a - c, w1 = b + c, w2 = c - b, w3 = b - d; \
    a = w0, b = w1, c = w2, d = w3;                         \
  }

/// The windows under tiles [first, first + count): out[place, tile, channel].
INLINE void spread_windows(
    const tiling *s, long first, long count, const float *in, long n, float *out) {
  for (long tile = 0; tile < count; tile++) {
    const long image = (first + tile) / s->per_image, at = (first + tile) % s->per_image;
    const long y = at / s->per_row * 2 - 1, x = at % s->per_row * 2 - 1;
    const float *corner = in + ((image * s->height + y) * s->width + x) * n;
    int inside[places];
    for (int i = 0; i < places; i++) {
      const long py = y + i / 4, px = x + i % 4;
      inside[i] = py >= 0 && py < s->height && px >= 0 && px < s->width;
    }
    for (long c = 0; c < n; c += LANES) {
      vector d[places];
#pragma clang loop unroll(full)
      for (int i = 0; i < places; i++) {
        const vector zero = {0};
        d[i] = zero;
        if (inside[i]) d[i] = load(corner + ((i / 4) * s->width + i % 4) * n + c);
      }
#pragma clang loop unroll(full)
      for (int i = 0; i < 4; i++) SPREAD(d[i], d[4 + i], d[8 + i], d[12 + i])
#pragma clang loop unroll(full)
      for (int i = 0; i < 4; i++) SPREAD(d[4 * i], d[4 * i + 1], d[4 * i + 2], d[4 * i + 3])
#pragma clang loop unroll(full)
      for (int i = 0; i < places; i++)
        memcpy(out + (i * tiles_at_a_time + tile) * n + c, &d[i], sizeof d[i]);
    }
  }
}

/// Aᵀ m A of each tile, written to the outputs that exist.
INLINE void gather_outputs(
    const tiling *s, long first, long count, const float *m, long n, float *out) {
  for (long tile = 0; tile < count; tile++) {
    const long image = (first + tile) / s->per_image, at = (first + tile) % s->per_image;
    const long y = at / s->per_row * 2, x = at % s->per_row * 2;
    float *corner = out + ((image * s->height + y) * s->width + x) * n;
    const int lower = y + 1 < s->height, right = x + 1 < s->width;
    for (long c = 0; c < n; c += LANES) {
      vector top[4], bottom[4];
#pragma clang loop unroll(full)
      for (int i = 0; i < 4; i++) {
        const float *from = m + (i * tiles_at_a_time + tile) * n + c;
        const long row = 4 * tiles_at_a_time * n;
        const vector b = load(from + row), d = load(from + 2 * row);
        top[i] = load(from) + b + d;
        bottom[i] = b - d - load(from + 3 * row);
      }
      const vector outputs[4] = {
          top[0] + top[1] + top[2], top[1] - top[2] - top[3],
          bottom[0] + bottom[1] + bottom[2], bottom[1] - bottom[2] - bottom[3]};
      memcpy(corner + c, &outputs[0], sizeof outputs[0]);
      if (right) memcpy(corner + n + c, &outputs[1], sizeof outputs[1]);
      if (lower) memcpy(corner + s->width * n + c, &outputs[2], sizeof outputs[2]);
      if (lower && right) memcpy(corner + (s->width + 1) * n + c, &outputs[3], sizeof outputs[3]);
    }
  }
}

/// A g Aᵀ of each tile of a cotangent: out[place, tile, channel].
INLINE void spread_cotangents(
    const tiling *s, long first, long count, const float *g, long n, float *out) {
  for (long tile = 0; tile < count; tile++) {
    const long image = (first + tile) / s->per_image, at = (first + tile) % s->per_image;
    const long y = at / s->per_row * 2, x = at % s->per_row * 2;
    const float *corner = g + ((image * s->height + y) * s->width + x) * n;
    const int lower = y + 1 < s->height, right = x + 1 < s->width;
    for (long c = 0; c < n; c += LANES) {
      const vector zero = {0};
      vector a = load(corner + c), b = zero, d = zero, e = zero;
      if (right) b = load(corner + n + c);
      if (lower) d = load(corner + s->width * n + c);
      if (lower && right) e = load(corner + (s->width + 1) * n + c);
      const vector left[4] = {a, a + d, a - d, zero - d}, other[4] = {b, b + e, b - e, zero - e};
#pragma clang loop unroll(full)
      for (int i = 0; i < 4; i++) {
        const vector row[4] = {left[i], left[i] + other[i], left[i] - other[i], zero - other[i]};
#pragma clang loop unroll(full)
        for (int j = 0; j < 4; j++)
          memcpy(out + ((4 * i + j) * tiles_at_a_time + tile) * n + c, &row[j], sizeof row[j]);
      }
    }
  }
}

INLINE void winograd_filters(
    cpu_level cpu, long size, const float *filters, int turned, float *out) {
  for (long c = 0; c < size; c += LANES) {
    vector half[4][3];
#pragma clang loop unroll(full)
    for (int x = 0; x < 3; x++) {
      const int from = turned ? 8 - x : x, step = turned ? -3 : 3;
      const vector a = load(filters + from * size + c);
      const vector b = load(filters + (from + step) * size + c);
      const vector d = load(filters + (from + 2 * step) * size + c);
      half[0][x] = a, half[1][x] = (a + b + d) * 0.5f, half[2][x] = (a - b + d) * 0.5f, half[3][x] = d;
    }
#pragma clang loop unroll(full)
    for (int y = 0; y < 4; y++) {
      const vector a = half[y][0], b = half[y][1], d = half[y][2];
      const vector row[4] = {a, (a + b + d) * 0.5f, (a - b + d) * 0.5f, d};
#pragma clang loop unroll(full)
      for (int x = 0; x < 4; x++) memcpy(out + (4 * y + x) * size + c, &row[x], sizeof row[x]);
    }
  }
}

/// Gᵀ u G
INLINE void gather_filters(long size, const float *u, float *filters) {
  for (long c = 0; c < size; c += LANES) {
    vector half[3][4];
#pragma clang loop unroll(full)
    for (int x = 0; x < 4; x++) {
      const vector b = load(u + (4 + x) * size + c), d = load(u + (8 + x) * size + c);
      half[0][x] = load(u + x * size + c) + (b + d) * 0.5f;
      half[1][x] = (b - d) * 0.5f;
      half[2][x] = (b + d) * 0.5f + load(u + (12 + x) * size + c);
    }
#pragma clang loop unroll(full)
    for (int y = 0; y < 3; y++) {
      const vector b = half[y][1], d = half[y][2];
      const vector row[3] = {half[y][0] + (b + d) * 0.5f, (b - d) * 0.5f, (b + d) * 0.5f + half[y][3]};
#pragma clang loop unroll(full)
      for (int x = 0; x < 3; x++) memcpy(filters + (3 * y + x) * size + c, &row[x], sizeof row[x]);
    }
  }
}

INLINE void winograd(
    cpu_level cpu, long images, long height, long width, const float *in, long depth, const float *filters,
    long breadth, float *out) {
  const tiling s = tiling_of(height, width);
  float *windows = mb_block_take(places * tiles_at_a_time * depth);
  float *products = mb_block_take(places * tiles_at_a_time * breadth);
  for (long first = 0; first < images * s.per_image; first += tiles_at_a_time) {
    const long rest = images * s.per_image - first;
    const long count = rest < tiles_at_a_time ? rest : tiles_at_a_time;
    spread_windows(&s, first, count, in, depth, windows);
    mb_product(
        places, count, breadth, depth, windows, tiles_at_a_time * depth, depth, 1, filters,
        depth * breadth, breadth, 0, products, tiles_at_a_time * breadth, breadth);
    gather_outputs(&s, first, count, products, breadth, out);
  }
  mb_block_give(products);
  mb_block_give(windows);
}

INLINE void winograd_gradient(
    cpu_level cpu, long images, long height, long width, const float *in, long depth, const float *cotangent,
    long breadth, float *out) {
  const tiling s = tiling_of(height, width);
  float *windows = mb_block_take(places * tiles_at_a_time * depth);
  float *cotangents = mb_block_take(places * tiles_at_a_time * breadth);
  float *sum = mb_block_take(places * depth * breadth);
  for (long first = 0; first < images * s.per_image; first += tiles_at_a_time) {
    const long rest = images * s.per_image - first;
    const long count = rest < tiles_at_a_time ? rest : tiles_at_a_time;
    spread_windows(&s, first, count, in, depth, windows);
    spread_cotangents(&s, first, count, cotangent, breadth, cotangents);
    mb_product(
        places, depth, breadth, count, windows, tiles_at_a_time * depth, 1, depth, cotangents,
        tiles_at_a_time * breadth, breadth, first > 0, sum, depth * breadth, breadth);
  }
  gather_filters(depth * breadth, sum, out);
  mb_block_give(sum);
  mb_block_give(cotangents);
  mb_block_give(windows);
}

FOR_EVERY_CPU(
    mb_winograd_filters, winograd_filters, (long size, const float *filters, int turned, float *out),
    size, filters, turned, out)

FOR_EVERY_CPU(
    mb_winograd, winograd,
    (long images, long height, long width, const float *in, long depth, const float *filters,
     long breadth, float *out),
    images, height, width, in, depth, filters, breadth, out)

FOR_EVERY_CPU(
    mb_winograd_gradient, winograd_gradient,
    (long images, long height, long width, const float *in, long depth, const float *cotangent,
     long breadth, float *out),
    images, height, width, in, depth, cotangent, breadth, out)
