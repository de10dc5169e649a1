#include "kernel.h"

KERNEL void mb_adam(
    long n, float *parameters, float *mean, float *square, const float *gradient,
    float rate, float beta1, float beta2, float epsilon, float correction1, float correction2) {
  for (long i = 0; i < n; i += LANES) {
    const vector g = load(gradient + i);
    const vector m = load(mean + i) * beta1 + g * (1 - beta1);
    const vector v = load(square + i) * beta2 + g * g * (1 - beta2);
    const vector step = m * correction1 / (__builtin_elementwise_sqrt(v * correction2) + epsilon);
    store(mean + i, n - i, m);
    store(square + i, n - i, v);
    store(parameters + i, n - i, load(parameters + i) - step * rate);
  }
}
