#pragma once

#include "kernel.h"

// The exponential of many numbers at once. The C library's takes them one by one; this one has the same bits as that of
// glibc, for every float.

/// The bits of 2^(i / 32), less what adding i to an exponent in 32nds will add.
static const uint64_t thirty_seconds[32] = {
    0x3ff0000000000000, 0x3fefd9b0d3158574, 0x3fefb5586cf9890f, 0x3fef9301d0125b51,
    0x3fef72b83c7d517b, 0x3fef54873168b9aa, 0x3fef387a6e756238, 0x3fef1e9df51fdee1,
    0x3fef06fe0a31b715, 0x3feef1a7373aa9cb, 0x3feedea64c123422, 0x3feece086061892d,
    0x3feebfdad5362a27, 0x3feeb42b569d4f82, 0x3feeab07dd485429, 0x3feea47eb03a5585,
    0x3feea09e667f3bcd, 0x3fee9f75e8ec5f74, 0x3feea11473eb0187, 0x3feea589994cce13,
    0x3feeace5422aa0db, 0x3feeb737b0cdc5e5, 0x3feec49182a3f090, 0x3feed503b23e255d,
    0x3feee89f995ad3ad, 0x3feeff76f2fb5e47, 0x3fef199bdd85529c, 0x3fef3720dcef9069,
    0x3fef5818dcfba487, 0x3fef7c97337b9b5f, 0x3fefa4afa2a490da, 0x3fefd0765b6e4540,
};

/// e^x: 2^k of the nearest k in 32nds from the table, times a polynomial of what is left (Tang 1989, Table-driven
/// implementation of the exponential function).
INLINE float exponential(float x) {
#pragma STDC FP_CONTRACT ON
  // Beyond these it is 0 or infinite; NaN stays NaN.
  const double bounded = x < -104 ? -104 : x > 89 ? 89 : x;
  const double per_unit = 0x1.71547652b82fep+5, integers = 0x1.8p52;  // 32 / ln 2
  const double shifted = bounded * per_unit + integers;
  uint64_t k;
  memcpy(&k, &shifted, sizeof k);
  const double r = bounded * per_unit - (shifted - integers);
  const uint64_t bits = thirty_seconds[k % 32] + (k << 47);
  double power;
  memcpy(&power, &bits, sizeof power);
  const double high = 0x1.c6af84b912394p-20 * r + 0x1.ebfce50fac4f3p-13;
  const double low = 0x1.62e42ff0c52d6p-6 * r + 1;
  return (float)((high * (r * r) + low) * power);
}
