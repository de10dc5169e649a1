#include "kernel.h"

KERNEL void mb_adam(
    long n, const float *parameters, const float *mean, const float *square, const float *gradient,
    float *new_parameters, float *new_mean, float *new_square, float rate, float beta1, float beta2,
    float epsilon, float correction1, float correction2) {
  for (long i = 0; i < n; i += LANES) {
    const vector g = load(gradient + i);
    const vector m = load(mean + i) * beta1 + g * (1 - beta1);
    const vector v = load(square + i) * beta2 + g * g * (1 - beta2);
    const vector step = m * correction1 / (__builtin_elementwise_sqrt(v * correction2) + epsilon);
    store(new_mean + i, n - i, m);
    store(new_square + i, n - i, v);
    store(new_parameters + i, n - i, load(parameters + i) - step * rate);
  }
}
