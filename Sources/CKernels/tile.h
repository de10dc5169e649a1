#pragma once

#include "kernel.h"

// The heart of every matrix product and convolution: a tile of R x 16 V numbers stays in registers
// while products of a number of one operand with a vector of the other are added to it. The first
// operand is read as it is, number by number, and needs no copy; so convolutions need no unfolded
// images.
//
// R and V are chosen so that the tile fills the CPU's registers: 6 x 4 (or 8 x 3, 8 x 2, 8 x 1)
// with AVX-512, 6 x 1 with AVX2, 3 x 1 otherwise. Every number of a product is the sum over its terms
// in their order, whatever the tile.

enum { most_rows = 8, most_vectors = 4 };

typedef enum { plain, avx2, avx512 } cpu_level;

INLINE cpu_level this_cpu(void) {
#if defined(__x86_64__) && defined(__linux__)
  if (__builtin_cpu_supports("x86-64-v4")) return avx512;
  if (__builtin_cpu_supports("x86-64-v3")) return avx2;
#endif
  return plain;
}

INLINE int tile_rows(cpu_level cpu, int vectors) {
  return cpu == avx512 ? (vectors == 4 ? 6 : 8) : cpu == avx2 ? 6 : 3;
}

/// The vectors that the next strip of `columns` is wide.
INLINE int strip_vectors(cpu_level cpu, long columns) {
  const long vectors = (columns + LANES - 1) / LANES;
  return cpu != avx512 ? 1 : vectors < most_vectors ? (int)vectors : most_vectors;
}

/// Compiles `body(cpu, arguments)` for every kind of CPU, and calls the version for this one.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EVERY_CPU(name, body, parameters, ...)                                            \
  __attribute__((target("arch=x86-64-v4"), min_vector_width(512), noinline))                  \
  static void name##_avx512 parameters {                                                      \
    body(avx512, __VA_ARGS__);                                                                \
  }                                                                                           \
  __attribute__((target("arch=x86-64-v3"), noinline)) static void name##_avx2 parameters {    \
    body(avx2, __VA_ARGS__);                                                                  \
  }                                                                                           \
  static void name##_plain parameters { body(plain, __VA_ARGS__); }                           \
  void name parameters {                                                                      \
    switch (this_cpu()) {                                                                     \
      case avx512: return name##_avx512(__VA_ARGS__);                                         \
      case avx2: return name##_avx2(__VA_ARGS__);                                             \
      default: return name##_plain(__VA_ARGS__);                                              \
    }                                                                                         \
  }
#else
#define FOR_EVERY_CPU(name, body, parameters, ...) \
  void name parameters { body(plain, __VA_ARGS__); }
#endif

/// Calls `strip(cpu, V, column, arguments)` for strips of at most four vectors that make up `columns`.
#define FOR_STRIPS(cpu, columns, strip, ...)                             \
  for (long column = 0; column < (columns);) {                           \
    const int wide = strip_vectors(cpu, (columns) - column);             \
    switch (wide) {                                                      \
      case 4: strip(cpu, 4, column, __VA_ARGS__); break;                 \
      case 3: strip(cpu, 3, column, __VA_ARGS__); break;                 \
      case 2: strip(cpu, 2, column, __VA_ARGS__); break;                 \
      default: strip(cpu, 1, column, __VA_ARGS__); break;                \
    }                                                                    \
    column += wide * LANES;                                              \
  }

typedef struct {
  vector sum[most_rows][most_vectors];
} tile;

INLINE void clear(tile *t, const int R, const int V) {
  const vector zero = {0};
#pragma clang loop unroll(full)
  for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) t->sum[r][v] = zero;
}

/// t[r] += sum over i < depth of a[r][i * step] * b[i], where b's rows are `b_row` apart.
INLINE void add_rows(
    tile *t, const int R, const int V, long depth, const float *const *rows, long step,
    const float *b, long b_row) {
  const float *a[most_rows];
#pragma clang loop unroll(full)
  for (int r = 0; r < R; r++) a[r] = rows[r];
  for (long i = 0, at = 0; i < depth; i++, at += step, b += b_row) {
    vector right[most_vectors];
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) right[v] = load(b + v * LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++) {
      const float left = a[r][at];
#pragma clang loop unroll(full)
      for (int v = 0; v < V; v++) t->sum[r][v] += left * right[v];
    }
  }
}

/// t[r] += sum over i < depth of a[i][r] * b[i], where b's rows are `b_row` apart.
INLINE void add_columns(
    tile *t, const int R, const int V, long depth, const float *const *a, long offset,
    const float *b, long b_row) {
  for (long i = 0; i < depth; i++, b += b_row) {
    vector right[most_vectors];
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) right[v] = load(b + v * LANES);
    const float *left = a[i] + offset;
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++) {
#pragma clang loop unroll(full)
      for (int v = 0; v < V; v++) t->sum[r][v] += left[r] * right[v];
    }
  }
}

/// Writes the first `width` columns of row r to `to`, or adds them to what is there.
INLINE void write_row(const tile *t, int r, const int V, long width, int adding, float *to) {
#pragma clang loop unroll(full)
  for (int v = 0; v < V; v++) {
    float *place = to + v * LANES;
    store(place, width - v * LANES, adding ? load(place) + t->sum[r][v] : t->sum[r][v]);
  }
}
