#include "kernel.h"

#include <string.h>

// Both directions go through a padded copy of one image plane whose columns are sorted by phase:
// column X of the padded plane stands at [X % stride][X / stride]. What a filter tap reads along an
// output row is then one contiguous run, for any stride, and is moved 16 numbers at a time; a move
// may run over the end of its row where the next row is written later.

typedef struct {
  long rows, pitch, row_floats;  // padded rows; floats per phase; floats per padded row
} plane_layout;

INLINE plane_layout layout_of(const mb_geometry *g) {
  plane_layout p;
  p.rows = g->height + 2 * g->padding;
  long columns = g->width + 2 * g->padding;
  // The last tap starts at (kernel - 1) / stride and a run is read in whole vectors.
  p.pitch = (columns + g->stride - 1) / g->stride + g->kernel + LANES;
  p.row_floats = p.pitch * g->stride;
  return p;
}

KERNEL void mb_unfold(
    const mb_geometry *g, const float *images, long total, long first, long count, float *columns) {
  const plane_layout p = layout_of(g);
  const long pixels = g->out_height * g->out_width, row = count * pixels;
  const long k = g->kernel, s = g->stride, ow = g->out_width;
  float *plane = mb_block_take(p.rows * p.row_floats);
  memset(plane, 0, p.rows * p.row_floats * sizeof(float));
  for (long c = 0; c < g->channels; c++) {
    for (long n = 0; n < count; n++) {
      const float *image = images + ((c * total) + first + n) * g->height * g->width;
      for (long y = 0; y < g->height; y++) {
        float *target = plane + (y + g->padding) * p.row_floats;
        const float *source = image + y * g->width;
        if (s == 1) {
          for (long x = 0; x < g->width; x++) target[x + g->padding] = source[x];
        } else {
          for (long phase = 0; phase < s; phase++) {
            // The first padded column of this phase that lies inside the image.
            long start = (g->padding - phase + s - 1) / s;
            if (start < 0) start = 0;
            float *run = target + phase * p.pitch;
            for (long i = start; i * s + phase < g->width + g->padding; i++)
              run[i] = source[i * s + phase - g->padding];
          }
        }
      }
      float *block = columns + c * k * k * row + n * pixels;
      for (long ky = 0; ky < k; ky++) {
        for (long kx = 0; kx < k; kx++) {
          float *out = block + (ky * k + kx) * row;
          // Whole vectors may be written as long as they stay in this row of the matrix.
          const float *end = columns + (c * k * k + ky * k + kx + 1) * row;
          const float *run = plane + ky * p.row_floats + (kx % s) * p.pitch + kx / s;
          for (long oy = 0; oy < g->out_height; oy++, out += ow, run += s * p.row_floats) {
            for (long ox = 0; ox < ow; ox += LANES) {
              if (out + ox + LANES <= end) {
                float v[LANES];
                for (int l = 0; l < LANES; l++) v[l] = run[ox + l];
                for (int l = 0; l < LANES; l++) out[ox + l] = v[l];
              } else {
                for (long i = ox; i < ow && i < ox + LANES; i++) out[i] = run[i];
              }
            }
          }
        }
      }
    }
  }
  mb_block_give(plane);
}

KERNEL void mb_fold(
    const mb_geometry *g, const float *columns, long total, long first, long count, float *images) {
  const plane_layout p = layout_of(g);
  const long pixels = g->out_height * g->out_width, row = count * pixels;
  const long k = g->kernel, s = g->stride, ow = g->out_width;
  float *plane = mb_block_take(p.rows * p.row_floats);
  for (long c = 0; c < g->channels; c++) {
    for (long n = 0; n < count; n++) {
      memset(plane, 0, p.rows * p.row_floats * sizeof(float));
      const float *block = columns + c * k * k * row + n * pixels;
      for (long ky = 0; ky < k; ky++) {
        for (long kx = 0; kx < k; kx++) {
          const float *in = block + (ky * k + kx) * row;
          float *run = plane + ky * p.row_floats + (kx % s) * p.pitch + kx / s;
          for (long oy = 0; oy < g->out_height; oy++, in += ow, run += s * p.row_floats)
            for (long ox = 0; ox < ow; ox += LANES) {
              const int inside = ow - ox < LANES ? (int)(ow - ox) : LANES;
              float v[LANES];
              for (int l = 0; l < LANES; l++) v[l] = in[ox + l];  // a block has slack behind it
              for (int l = 0; l < LANES; l++) run[ox + l] += l < inside ? v[l] : 0;
            }
        }
      }
      float *image = images + ((c * total) + first + n) * g->height * g->width;
      for (long y = 0; y < g->height; y++) {
        const float *source = plane + (y + g->padding) * p.row_floats;
        float *target = image + y * g->width;
        if (s == 1) {
          for (long x = 0; x < g->width; x++) target[x] = source[x + g->padding];
        } else {
          for (long phase = 0; phase < s; phase++) {
            long start = (g->padding - phase + s - 1) / s;
            if (start < 0) start = 0;
            const float *run = source + phase * p.pitch;
            for (long i = start; i * s + phase < g->width + g->padding; i++)
              target[i * s + phase - g->padding] = run[i];
          }
        }
      }
    }
  }
  mb_block_give(plane);
}
