#pragma once

#include "ckernels.h"

// Marks a function that is compiled for AVX-512, AVX2 and plain x86-64, and chosen at start.
#if defined(__x86_64__) && defined(__linux__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif

// For what kernels call: it becomes part of each of the caller's versions.
#define INLINE static inline __attribute__((always_inline))

// The width in which sums run: 16 partial sums, added in the order of a fixed tree.
#define LANES 16

INLINE float sum_lanes(const float *lane) {
  float s[LANES / 2];
  for (int i = 0; i < 8; i++) s[i] = lane[i] + lane[i + 8];
  for (int i = 0; i < 4; i++) s[i] += s[i + 4];
  return (s[0] + s[2]) + (s[1] + s[3]);
}
