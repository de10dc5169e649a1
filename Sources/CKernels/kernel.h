#pragma once

#include "ckernels.h"

#include <string.h>

// For what kernels call: it becomes part of each of the caller's versions.
#define INLINE static inline __attribute__((always_inline))

// Marks a function that is compiled for AVX-512, AVX2 and plain x86-64, and chosen at start.
#if defined(__x86_64__) && defined(__linux__)
// (Compilers prefer half the width of AVX-512 unless told.)
#define KERNEL                                                                    \
  __attribute__((                                                                 \
      target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), min_vector_width(512)))
#else
#define KERNEL
#endif

// The width in which sums run: 16 partial sums, added in the order of a fixed tree.
#define LANES 16

INLINE float sum_lanes(const float *lane) {
  float s[LANES / 2];
  for (int i = 0; i < 8; i++) s[i] = lane[i] + lane[i + 8];
  for (int i = 0; i < 4; i++) s[i] += s[i + 4];
  return (s[0] + s[2]) + (s[1] + s[3]);
}

/// 16 numbers: one register of AVX-512, several elsewhere. Neighbours in memory are channels, or
/// columns of a matrix; the last vector of a row may reach over its end, where blocks have slack.
typedef float vector __attribute__((vector_size(4 * LANES)));
typedef int mask __attribute__((vector_size(4 * LANES)));

// Macros, because how a vector is passed to a function depends on the CPU that it is compiled for.
#define load(from)                          \
  ({                                        \
    vector loaded;                          \
    memcpy(&loaded, (from), sizeof loaded); \
    loaded;                                 \
  })
/// Stores the first `count` numbers, at most all 16.
#define store(to, count, value)                                  \
  ({                                                             \
    const vector stored = (value);                               \
    if ((count) >= LANES) memcpy((to), &stored, sizeof stored);  \
    else                                                         \
      for (int lane = 0; lane < (count); lane++) (to)[lane] = stored[lane]; \
  })
/// `v` where `open` has all bits set, 0 elsewhere.
#define keep(v, open) ((vector)((mask)(v) & (open)))
/// `a` where `first` has all bits set, `b` elsewhere.
#define choose(first, a, b) ((vector)(((mask)(a) & (first)) | ((mask)(b) & ~(first))))

/// 1 / (1 + e^-x), by e^-|x| from a polynomial (Cephes) on half an octave; NaN stays NaN.
INLINE float logistic(float x) {
  const float z = x < 0 ? x : -x;
  const float a = z < -87 ? -87 : z;
  const float octaves = (a * 1.44269504f + 12582912.0f) - 12582912.0f;  // rounded
  const float r = (a - octaves * 0.693359375f) + octaves * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  const int bits = ((int)octaves + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  const float e = ((p * r) * r + r + 1) * power;
  return (x < 0 ? e : 1) / (1 + e);
}
