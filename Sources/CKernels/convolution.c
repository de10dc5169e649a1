#include "tile.h"

#include <stdlib.h>

// Images are [images, height, width, channels], filters [kernel, kernel, in, out]: the channels of a
// pixel lie together. A convolution is then a sum over taps (places of the filter) of products of
// pixels with the tap's matrix [in, out]; which pixel an output sees through a tap is told by a table
// ("indirect convolution", Dukhan 2019, arXiv:1907.02129). The gradient with respect to the images is
// the same with another table, and the gradient with respect to a tap is a sum of outer products.

/// Where outputs with the same taps read: one of the parts that a map is made of.
typedef struct {
  int taps;
  const int *tap;     // [taps] places in the filter
  long count;         // outputs per image
  const int *target;  // [count] their places in the image of outputs
  const int *source;  // [count, taps] pixels of the input image; -1 outside
} part;

struct mb_map {
  long inputs, outputs;  // pixels per image
  int part_count;
  part parts[4];
};

enum { most_taps = 49, most_channels = 1 << 14 };
static const float zeros[most_channels];
static const int nowhere[most_taps] = {
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

mb_map *mb_map_forward(const mb_geometry *g) {
  const long k = g->kernel, taps = k * k, count = g->out_height * g->out_width;
  mb_map *map = malloc(sizeof *map);
  int *tap = malloc(taps * sizeof(int));
  int *target = malloc(count * sizeof(int)), *source = malloc(count * taps * sizeof(int));
  for (long t = 0; t < taps; t++) tap[t] = (int)t;
  for (long o = 0; o < count; o++) {
    target[o] = (int)o;
    for (long t = 0; t < taps; t++) {
      const long y = o / g->out_width * g->stride + t / k - g->padding;
      const long x = o % g->out_width * g->stride + t % k - g->padding;
      const int inside = y >= 0 && y < g->height && x >= 0 && x < g->width;
      source[o * taps + t] = inside ? (int)(y * g->width + x) : -1;
    }
  }
  *map = (mb_map){g->height * g->width, count, 1, {{(int)taps, tap, count, target, source}}};
  return map;
}

mb_map *mb_map_backward(const mb_geometry *g) {
  const long k = g->kernel, s = g->stride;
  mb_map *map = malloc(sizeof *map);
  *map = (mb_map){g->out_height * g->out_width, g->height * g->width, (int)(s * s), {{0}}};
  // Pixels whose rows and columns leave the same remainders are seen through the same taps.
  for (long phase = 0; phase < s * s; phase++) {
    const long py = phase / s, px = phase % s;
    int *tap = malloc(k * k * sizeof(int)), taps = 0;
    for (long t = 0; t < k * k; t++)
      if ((py + g->padding - t / k) % s == 0 && (px + g->padding - t % k) % s == 0)
        tap[taps++] = (int)t;
    const long rows = (g->height - py + s - 1) / s, columns = (g->width - px + s - 1) / s;
    int *target = malloc(rows * columns * sizeof(int));
    int *source = malloc((rows * columns * taps + 1) * sizeof(int));
    long o = 0;
    for (long y = py; y < g->height; y += s)
      for (long x = px; x < g->width; x += s, o++) {
        target[o] = (int)(y * g->width + x);
        for (int t = 0; t < taps; t++) {
          const long oy = y + g->padding - tap[t] / k, ox = x + g->padding - tap[t] % k;
          const int inside = oy >= 0 && ox >= 0 && oy / s < g->out_height && ox / s < g->out_width;
          source[o * taps + t] = inside ? (int)(oy / s * g->out_width + ox / s) : -1;
        }
      }
    map->parts[phase] = (part){taps, tap, o, target, source};
  }
  return map;
}

void mb_map_free(mb_map *map) {
  for (int i = 0; i < map->part_count; i++) {
    free((void *)map->parts[i].tap);
    free((void *)map->parts[i].target);
    free((void *)map->parts[i].source);
  }
  free(map);
}

/// Few channels (the images themselves) are gathered first, all taps together: one long product
/// instead of many short ones. It needs the matrices of all taps, one behind the other.
enum { gathered = 32 };

INLINE int is_gathered(const mb_map *map, long depth) {
  return map->part_count == 1 && map->parts[0].taps * depth <= gathered && depth < 8;
}

/// The pixels that output `o` of an image sees, tap by tap.
INLINE void gather(const part *p, long o, const float *image, long depth, float *to) {
  for (int t = 0; t < p->taps; t++, to += depth) {
    const int from = p->source[o * p->taps + t];
    for (long c = 0; c < depth; c++) to[c] = from < 0 ? 0 : image[from * depth + c];
  }
}

INLINE void convolution_strip(
    cpu_level cpu, const int V, long column, const mb_map *map, const part *p, long images,
    const float *in, long depth, const float *filters, long width, float *out) {
  const int R = tile_rows(cpu, V);
  const long total = images * p->count;
  float patch[most_rows][gathered];
  long image = 0, o = 0;
  for (long first = 0; first < total; first += R) {
    const int *source[most_rows];
    const float *from[most_rows];
    float *to[most_rows];
    for (int r = 0; r < R; r++) {
      if (first + r >= total) {
        source[r] = nowhere, from[r] = in, to[r] = 0;
        continue;
      }
      source[r] = p->source + o * p->taps;
      from[r] = in + image * map->inputs * depth;
      to[r] = out + (image * map->outputs + p->target[o]) * width + column;
      if (is_gathered(map, depth)) gather(p, o, from[r], depth, patch[r]);
      if (++o == p->count) o = 0, image++;
    }
    tile t;
    clear(&t, R, V);
    const float *rows[most_rows];
    if (is_gathered(map, depth)) {
      for (int r = 0; r < R; r++) rows[r] = patch[r];
      add_rows(&t, R, V, p->taps * depth, rows, 1, filters + column, width);
    } else {
      for (int i = 0; i < p->taps; i++) {
        for (int r = 0; r < R; r++)
          rows[r] = source[r][i] < 0 ? zeros : from[r] + source[r][i] * depth;
        add_rows(&t, R, V, depth, rows, 1, filters + p->tap[i] * depth * width + column, width);
      }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++)
      if (to[r]) write_row(&t, r, V, width - column, 0, to[r]);
  }
}

INLINE void convolution(
    cpu_level cpu, const mb_map *map, long images, const float *in, long depth,
    const float *filters, long width, float *out) {
  for (int i = 0; i < map->part_count; i++)
    FOR_STRIPS(cpu, width, convolution_strip, map, &map->parts[i], images, in, depth, filters, width, out)
}

FOR_EVERY_CPU(
    mb_convolution, convolution,
    (const mb_map *map, long images, const float *in, long depth, const float *filters, long width,
     float *out),
    map, images, in, depth, filters, width, out)

/// Outputs whose outer products are added at a time: as many as stay in the nearest cache.
enum { block = 96 };

/// The outer products of `depth` channels of `a` with a strip of the columns of `b`.
INLINE void outer_strip(
    cpu_level cpu, const int V, long column, long rows, long depth, const float *const *a,
    const float *b, long width, int adding, float *out) {
  const int R = tile_rows(cpu, V);
  for (long row = 0; row < rows; row += R) {
    tile t;
    clear(&t, R, V);
    add_columns(&t, R, V, depth, a, row, b + column, width);
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++)
      if (row + r < rows)
        write_row(&t, r, V, width - column, adding, out + (row + r) * width + column);
  }
}

INLINE void filter_gradient(
    cpu_level cpu, const mb_map *map, long images, const float *in, long depth,
    const float *cotangent, long width, float *out) {
  const part *p = &map->parts[0];
  const long total = images * p->count;
  float patches[block][gathered];
  for (long first = 0; first < total; first += block) {
    const long length = total - first < block ? total - first : block;
    const float *b = cotangent + first * width;
    const float *a[block];
    const int taps = is_gathered(map, depth) ? 1 : p->taps;
    for (int t = 0; t < taps; t++) {
      long image = first / p->count, o = first % p->count;
      for (long i = 0; i < length; i++) {
        const float *pixels = in + image * map->inputs * depth;
        const int from = p->source[o * p->taps + t];
        if (is_gathered(map, depth)) gather(p, o, pixels, depth, patches[i]), a[i] = patches[i];
        else a[i] = from < 0 ? zeros : pixels + from * depth;
        if (++o == p->count) o = 0, image++;
      }
      const long rows = is_gathered(map, depth) ? p->taps * depth : depth;
      FOR_STRIPS(
          cpu, width, outer_strip, rows, length, a, b, width, first > 0, out + t * depth * width)
    }
  }
}

FOR_EVERY_CPU(
    mb_filter_gradient, filter_gradient,
    (const mb_map *map, long images, const float *in, long depth, const float *cotangent, long width,
     float *out),
    map, images, in, depth, cotangent, width, out)
