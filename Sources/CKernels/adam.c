#include "kernel.h"

#include <math.h>

KERNEL void mb_adam(
    long n, float *parameters, float *mean, float *square, const float *gradient,
    float rate, float beta1, float beta2, float epsilon, float correction1, float correction2) {
  for (long i = 0; i < n; i++) {
    const float g = gradient[i];
    const float m = mean[i] = beta1 * mean[i] + (1 - beta1) * g;
    const float v = square[i] = beta2 * square[i] + (1 - beta2) * g * g;
    parameters[i] -= rate * (m * correction1) / (sqrtf(v * correction2) + epsilon);
  }
}
