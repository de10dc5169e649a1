#include "kernel.h"

#include <math.h>

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

#define ELEMENTWISE(name, parameters, expression) \
  KERNEL void name parameters {                   \
    for (long i = 0; i < n; i++) out[i] = expression; \
  }

ELEMENTWISE(mb_add, (long n, const float *a, const float *b, float *out), a[i] + b[i])
ELEMENTWISE(mb_subtract, (long n, const float *a, const float *b, float *out), a[i] - b[i])
ELEMENTWISE(mb_multiply, (long n, const float *a, const float *b, float *out), a[i] * b[i])
ELEMENTWISE(mb_divide, (long n, const float *a, const float *b, float *out), a[i] / b[i])
ELEMENTWISE(mb_add_number, (long n, const float *a, float b, float *out), a[i] + b)
ELEMENTWISE(mb_multiply_number, (long n, const float *a, float b, float *out), a[i] * b)
ELEMENTWISE(
    mb_add_scaled, (long n, const float *a, const float *b, float scale, float *out),
    a[i] + scale * b[i])
ELEMENTWISE(mb_relu, (long n, const float *a, float *out), a[i] < 0 ? 0 : a[i])  // NaN stays NaN
ELEMENTWISE(
    mb_gate, (long n, const float *a, const float *gate, float *out), gate[i] > 0 ? a[i] : 0)
ELEMENTWISE(mb_exp, (long n, const float *a, float *out), expf(a[i]))
ELEMENTWISE(mb_log, (long n, const float *a, float *out), logf(a[i]))
ELEMENTWISE(mb_sqrt, (long n, const float *a, float *out), sqrtf(a[i]))
ELEMENTWISE(mb_tanh, (long n, const float *a, float *out), tanhf(a[i]))
ELEMENTWISE(mb_logistic, (long n, const float *a, float *out), logistic(a[i]))
ELEMENTWISE(mb_fill, (long n, float value, float *out), value)
