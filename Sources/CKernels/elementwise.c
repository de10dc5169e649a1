#include "exponential.h"

#include <math.h>

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
ELEMENTWISE(mb_exp, (long n, const float *a, float *out), exponential(a[i]))
ELEMENTWISE(mb_log, (long n, const float *a, float *out), logf(a[i]))
ELEMENTWISE(mb_sqrt, (long n, const float *a, float *out), sqrtf(a[i]))
ELEMENTWISE(mb_tanh, (long n, const float *a, float *out), tanhf(a[i]))
ELEMENTWISE(mb_logistic, (long n, const float *a, float *out), logistic(a[i]))
ELEMENTWISE(mb_fill, (long n, float value, float *out), value)
