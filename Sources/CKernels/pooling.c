#include "kernel.h"

// The four places of a window: (0, 0), (0, 1), (1, 0), (1, 1), as channels of [height, width, channels].

KERNEL void mb_pool(
    long images, long height, long width, long channels, const float *a, float *out,
    uint8_t *choice) {
  const long across = width * channels;
  for (long n = 0; n < images; n++, a += height * across)
    for (long y = 0; y < height / 2; y++)
      for (long x = 0; x < width / 2; x++, out += channels, choice += channels) {
        const float *from = a + 2 * y * across + 2 * x * channels;
        for (long c = 0; c < channels; c++) {
          float best = from[c];
          uint8_t chosen = 0;
          if (from[channels + c] > best) best = from[channels + c], chosen = 1;
          if (from[across + c] > best) best = from[across + c], chosen = 2;
          if (from[across + channels + c] > best) best = from[across + channels + c], chosen = 3;
          out[c] = best;
          choice[c] = chosen;
        }
      }
}

KERNEL void mb_unpool(
    long images, long height, long width, long channels, const float *a, const uint8_t *choice,
    float *out) {
  const long across = width * channels;
  if (height % 2 || width % 2) memset(out, 0, images * height * across * sizeof(float));
  for (long n = 0; n < images; n++, out += height * across)
    for (long y = 0; y < height / 2; y++)
      for (long x = 0; x < width / 2; x++, a += channels, choice += channels) {
        float *to = out + 2 * y * across + 2 * x * channels;
        for (int place = 0; place < 4; place++) {
          float *at = to + (place & 1) * channels + (place >> 1) * across;
          for (long c = 0; c < channels; c++) at[c] = choice[c] == place ? a[c] : 0;
        }
      }
}

KERNEL void mb_pool_chosen(
    long images, long height, long width, long channels, const float *a, const uint8_t *choice,
    float *out) {
  const long across = width * channels;
  for (long n = 0; n < images; n++, a += height * across)
    for (long y = 0; y < height / 2; y++)
      for (long x = 0; x < width / 2; x++, out += channels, choice += channels) {
        const float *from = a + 2 * y * across + 2 * x * channels;
        for (long c = 0; c < channels; c++) {
          const float left = choice[c] & 2 ? from[across + c] : from[c];
          const float right = choice[c] & 2 ? from[across + channels + c] : from[channels + c];
          out[c] = choice[c] > 3 ? 0 : choice[c] & 1 ? right : left;
        }
      }
}
