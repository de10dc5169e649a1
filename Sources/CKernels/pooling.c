#include "kernel.h"

#include <string.h>

KERNEL void mb_pool(
    long planes, long height, long width, const float *a, float *out, uint8_t *choice) {
  const long oh = height / 2, ow = width / 2;
  for (long p = 0; p < planes; p++, a += height * width)
    for (long y = 0; y < oh; y++, out += ow, choice += ow) {
      const float *top = a + 2 * y * width, *bottom = top + width;
      for (long x = 0; x < ow; x++) {
        float best = top[2 * x];
        uint8_t chosen = 0;
        if (top[2 * x + 1] > best) best = top[2 * x + 1], chosen = 1;
        if (bottom[2 * x] > best) best = bottom[2 * x], chosen = 2;
        if (bottom[2 * x + 1] > best) best = bottom[2 * x + 1], chosen = 3;
        out[x] = best;
        choice[x] = chosen;
      }
    }
}

KERNEL void mb_unpool(
    long planes, long height, long width, const float *a, const uint8_t *choice, float *out) {
  const long oh = height / 2, ow = width / 2;
  if (height % 2 || width % 2) memset(out, 0, planes * height * width * sizeof(float));
  for (long p = 0; p < planes; p++, out += height * width)
    for (long y = 0; y < oh; y++, a += ow, choice += ow) {
      float *top = out + 2 * y * width, *bottom = top + width;
      for (long x = 0; x < ow; x++) {
        top[2 * x] = choice[x] == 0 ? a[x] : 0;
        top[2 * x + 1] = choice[x] == 1 ? a[x] : 0;
        bottom[2 * x] = choice[x] == 2 ? a[x] : 0;
        bottom[2 * x + 1] = choice[x] == 3 ? a[x] : 0;
      }
    }
}

KERNEL void mb_pool_chosen(
    long planes, long height, long width, const float *a, const uint8_t *choice, float *out) {
  const long oh = height / 2, ow = width / 2;
  for (long p = 0; p < planes; p++, a += height * width)
    for (long y = 0; y < oh; y++, out += ow, choice += ow) {
      const float *top = a + 2 * y * width, *bottom = top + width;
      for (long x = 0; x < ow; x++) {
        const float upper = choice[x] & 1 ? top[2 * x + 1] : top[2 * x];
        const float lower = choice[x] & 1 ? bottom[2 * x + 1] : bottom[2 * x];
        out[x] = choice[x] & 2 ? lower : upper;
      }
    }
}
