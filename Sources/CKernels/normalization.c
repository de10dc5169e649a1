#include "kernel.h"

#include <math.h>

// Batch normalization, ReLU and, where windows have four places, 2 x 2 max-pooling in one go. Numbers
// are [positions, channels]: a vector holds neighbouring channels of one position, and statistics
// are sums over positions. Sums run over blocks of rows of positions (a few hundred positions, in
// Float32); blocks are added in Float64 by `mb_add_blocks`.
//
// A unit is what one row of windows covers: one row of an image, or two. Where height or width is odd
// the last row or column belongs to no window: it is normalized, but nothing of it is passed on.
//
// Positions are walked in the order of memory, and sums over them are kept in the cache.

INLINE long units_per_image(const mb_windows *w) { return w->pooled ? (w->height + 1) / 2 : w->height; }
INLINE long windows_per_row(const mb_windows *w) { return w->pooled ? w->width / 2 : w->width; }
INLINE long window_rows(const mb_windows *w) { return w->pooled ? w->height / 2 : w->height; }

/// The first position of a unit, its rows, and its first window (-1 where it has none).
INLINE void locate(const mb_windows *w, long unit, long *position, long *rows, long *window) {
  const long per_image = units_per_image(w), image = unit / per_image, row = unit % per_image;
  const long y = w->pooled ? 2 * row : row;
  *position = (image * w->height + y) * w->width;
  *rows = w->pooled && y + 1 < w->height ? 2 : 1;
  *window = row < window_rows(w) ? (image * window_rows(w) + row) * windows_per_row(w) : -1;
}

/// The choice of a window of which ReLU passed nothing on.
enum { cut = 4 };

typedef uint8_t bytes __attribute__((vector_size(LANES)));

/// Which place of a window was passed on, as 16 numbers. (Choices are read over their end, where
/// blocks have slack.)
#define load_choice(choice)                      \
  ({                                             \
    bytes loaded_bytes;                          \
    memcpy(&loaded_bytes, (choice), LANES);      \
    __builtin_convertvector(loaded_bytes, mask); \
  })

#define FOR_COLUMNS(channels) for (long c = 0; c < (channels); c += LANES)

/// sum[c...] += value
#define accumulate(sum, value)                        \
  ({                                                  \
    const vector added = load(sum) + (value);         \
    memcpy((sum), &added, sizeof added);              \
  })

/// Room for `count` sums of every channel, zeros at first, whole vectors.
#define SUMS(name, count)                                       \
  const long lanes = (n + LANES - 1) / LANES * LANES;           \
  float name[(count) * lanes];                                  \
  memset(name, 0, sizeof name);

KERNEL void mb_block_moments(long first, long count, long n, const float *x, float *sums) {
  // The mean of the block, then squares around it: added by Chan's formula.
  SUMS(s, 4)
  x += first * n;
  for (long p = 0; p < count; p++)  // two partial sums, for positions in turn
    FOR_COLUMNS(n) accumulate(s + (p & 1) * lanes + c, load(x + p * n + c));
  FOR_COLUMNS(n) {
    const vector mean = (load(s + c) + load(s + lanes + c)) / (float)count;
    memcpy(s + c, &mean, sizeof mean);
  }
  for (long p = 0; p < count; p++)
    FOR_COLUMNS(n) {
      const vector v = load(x + p * n + c) - load(s + c);
      accumulate(s + (2 + (p & 1)) * lanes + c, v * v);
    }
  FOR_COLUMNS(n) {
    store(sums + c, n - c, load(s + c));
    store(sums + n + c, n - c, load(s + 2 * lanes + c) + load(s + 3 * lanes + c));
  }
}

void mb_combine_moments(
    long blocks, long block, long count, long channels, const float *sums, float epsilon, float *mean,
    float *variance, float *inverse_deviation) {
  for (long c = 0; c < channels; c++) {
    double n = 0, m = 0, squares = 0;
    for (long b = 0; b < blocks; b++) {
      const double length = b + 1 < blocks ? block : count - b * block;
      const double delta = sums[2 * b * channels + c] - m, total = n + length;
      squares += sums[(2 * b + 1) * channels + c] + delta * delta * n * length / total;
      m += delta * length / total;
      n = total;
    }
    mean[c] = (float)m;
    variance[c] = (float)(squares / n);
    inverse_deviation[c] = 1 / sqrtf(variance[c] + epsilon);
  }
}

void mb_add_blocks(long blocks, long length, const float *sums, double *total) {
  for (long i = 0; i < length; i++) total[i] = 0;
  for (long b = 0; b < blocks; b++)
    for (long i = 0; i < length; i++) total[i] += sums[b * length + i];
}

KERNEL void mb_normalize(
    const mb_windows *w, long first, long count, const float *x, const float *slope,
    const float *offset, int relu, float *y, uint8_t *choice) {
  const long n = w->channels, across = w->width * n;
  for (long unit = first; unit < first + count; unit++) {
    long position, rows, window;
    locate(w, unit, &position, &rows, &window);
    if (window < 0) continue;
    for (long i = 0; i < windows_per_row(w); i++, window++) {
      const float *from = x + (position + (w->pooled ? 2 * i : i)) * n;
      FOR_COLUMNS(n) {
        const vector a = load(slope + c), b = load(offset + c), zero = {0};
        vector best = load(from + c) * a + b;
        if (w->pooled) {
          mask chosen = {0};
          for (int place = 1; place < 4; place++) {
            const vector other = load(from + (place & 1) * n + (place >> 1) * across + c) * a + b;
            const mask larger = other > best;
            best = choose(larger, other, best);
            chosen = (chosen & ~larger) | ((mask){0} + place & larger);
          }
          if (relu) chosen = chosen | ((best > zero) + 1) * cut;
          const bytes narrow = __builtin_convertvector(chosen, bytes);
          memcpy(choice + window * n + c, &narrow, n - c < LANES ? n - c : LANES);
        }
        if (relu) best = keep(best, ~(best < zero));  // NaN stays NaN
        store(y + window * n + c, n - c, best);
      }
    }
  }
}

/// Calls ELEMENT(to, open, at, place) for each vector of channels of each position of a unit: `to` is its
/// place in x, `at` that of its window in y, `place` which of the window's it is (-1: of none). Of `given`,
/// the cotangents at the window, `open` tells which belong here.
#define FOR_POSITIONS(ELEMENT)                                                                   \
  for (long i = 0; window >= 0 && i < windows_per_row(w); i++)                                   \
    FOR_COLUMNS(n) {                                                                             \
      const long at = (window + i) * n + c;                                                      \
      const vector given = load(dy + at), zero = {0};                                            \
      if (w->pooled) {                                                                           \
        const mask chosen = load_choice(choice + at);                                            \
        const long corner = (position + 2 * i) * n + c;                                          \
        ELEMENT(corner, chosen == 0, at, 0)                                                      \
        ELEMENT(corner + n, chosen == 1, at, 1)                                                  \
        ELEMENT(corner + across, chosen == 2, at, 2)                                             \
        ELEMENT(corner + across + n, chosen == 3, at, 3)                                         \
      } else {                                                                                   \
        const mask alive = relu ? load(y + at) > zero : (mask)(zero == zero);                    \
        ELEMENT((position + i) * n + c, alive, at, 0)                                            \
      }                                                                                          \
    }                                                                                            \
  for (long row = 0; row < rows; row++) /* what no window covers */                              \
    for (long i = window < 0 ? 0 : w->pooled ? w->width & ~1L : w->width; i < w->width; i++)     \
      FOR_COLUMNS(n) {                                                                           \
        const vector given = {0};                                                                \
        const mask shut = {0};                                                                   \
        ELEMENT((position + row * w->width + i) * n + c, shut, 0L, -1)                           \
      }

KERNEL void mb_normalize_backward_sums(
    const mb_windows *w, long first, long count, const float *x, const float *y,
    const uint8_t *choice, const float *dy, const float *mean, const float *inverse_deviation,
    int relu, float *sums) {
  const long n = w->channels, across = w->width * n;
  SUMS(s, 2)
  for (long unit = first; unit < first + count; unit++) {
    long position, rows, window;
    locate(w, unit, &position, &rows, &window);
    for (long i = 0; window >= 0 && i < windows_per_row(w); i++)
      FOR_COLUMNS(n) {
        const long at = (window + i) * n + c;
        const vector zero = {0};
        vector h = load(dy + at);
        if (relu && !w->pooled) h = keep(h, load(y + at) > zero);
        const float *from = x + (position + (w->pooled ? 2 * i : i)) * n + c;
        vector v = load(from);
        if (w->pooled) {
          const mask chosen = load_choice(choice + at);
          h = keep(h, chosen < cut);
          v = choose(chosen == 1, load(from + n), v);
          v = choose(chosen == 2, load(from + across), v);
          v = choose(chosen == 3, load(from + across + n), v);
        }
        accumulate(s + c, h);
        accumulate(s + lanes + c, h * ((v - load(mean + c)) * load(inverse_deviation + c)));
      }
  }
  FOR_COLUMNS(n)
    for (int kind = 0; kind < 2; kind++)
      store(sums + kind * n + c, n - c, load(s + kind * lanes + c));
}

KERNEL void mb_normalize_backward(
    const mb_windows *w, long first, long count, const float *x, const float *y,
    const uint8_t *choice, const float *dy, const float *mean, const float *inverse_deviation,
    const float *gain, const float *mean_h, const float *mean_hx, int relu, float *dx) {
  const long n = w->channels, across = w->width * n;
  // dx = scale r (h - mean(h) - x^ mean(h x^))
  for (long unit = first; unit < first + count; unit++) {
    long position, rows, window;
    locate(w, unit, &position, &rows, &window);
#define ELEMENT(to, open, at, place)                                                     \
  store(                                                                                 \
      dx + (to), n - c,                                                                  \
      load(gain + c) * (keep(given, open) - load(mean_h + c) -                           \
                        (load(x + (to)) - load(mean + c)) * load(inverse_deviation + c) * \
                            load(mean_hx + c)));
    FOR_POSITIONS(ELEMENT)
#undef ELEMENT
  }
}

KERNEL void mb_normalize_double_backward_sums(
    const mb_windows *w, long first, long count, const float *x, const float *y,
    const uint8_t *choice, const float *dy, const float *mean, const float *inverse_deviation,
    int relu, const float *u, float *sums) {
  const long n = w->channels, across = w->width * n;
  SUMS(s, 5)
  for (long unit = first; unit < first + count; unit++) {
    long position, rows, window;
    locate(w, unit, &position, &rows, &window);
#define ELEMENT(to, open, at, place)                                             \
  {                                                                              \
    const vector v = load(u + (to)), h = keep(given, open);                      \
    const vector xh = (load(x + (to)) - load(mean + c)) * load(inverse_deviation + c); \
    accumulate(s + c, v);                                                        \
    accumulate(s + lanes + c, v * xh);                                           \
    accumulate(s + 2 * lanes + c, v * h);                                        \
    accumulate(s + 3 * lanes + c, h);                                            \
    accumulate(s + 4 * lanes + c, h * xh);                                       \
  }
    FOR_POSITIONS(ELEMENT)
#undef ELEMENT
  }
  FOR_COLUMNS(n)
    for (int kind = 0; kind < 5; kind++)
      store(sums + kind * n + c, n - c, load(s + kind * lanes + c));
}

KERNEL void mb_normalize_double_backward(
    const mb_windows *w, long first, long count, const float *x, const float *y,
    const uint8_t *choice, const float *dy, const float *mean, const float *inverse_deviation,
    int relu, const float *u, const mb_double_backward *k, float *ddy, float *dx) {
  const long n = w->channels, across = w->width * n;
  for (long unit = first; unit < first + count; unit++) {
    long position, rows, window;
    locate(w, unit, &position, &rows, &window);
    vector passed = {0};
#define ELEMENT(to, open, at, place)                                                          \
  {                                                                                           \
    const vector r = load(inverse_deviation + c), a = load(k->a + c), g = load(k->gain + c);  \
    const vector mux = load(k->mean_ux + c);                                                  \
    const vector v = load(u + (to)), h = keep(given, open);                                   \
    const vector xh = (load(x + (to)) - load(mean + c)) * r;                                  \
    const vector q = a * h - g * (v * load(k->mean_hx + c) + mux * h);                        \
    store(dx + (to), n - c, r * (q - load(k->mean_q + c) - xh * load(k->slope + c)));         \
    const vector d =                                                                          \
        keep(g * (v - load(k->mean_u + c) - xh * mux) + a * xh + load(k->b + c), open);       \
    passed = place > 0 ? choose(open, d, passed) : d;                                         \
    if (place == (w->pooled ? 3 : 0)) store(ddy + (at), n - c, passed);                       \
  }
    FOR_POSITIONS(ELEMENT)
#undef ELEMENT
  }
}
