#pragma once

#include <stdbool.h>
#include <stdint.h>

// The loops under the tensors, compiled for several CPUs at once; the best is chosen when the
// program starts. Every sum runs in one fixed shape, whatever the CPU's vector length.
//
// Images are [images, height, width, channels]: the channels of a pixel lie together.

// MARK: Memory blocks (blocks.c)

/// A block for `count` floats, aligned to 64 bytes, with 256 readable bytes on either side.
float *mb_block_take(long count);
/// Gives a block back to the pool.
void mb_block_give(float *block);

// MARK: Elementwise (elementwise.c). `out` may be one of the inputs.

void mb_add(long n, const float *a, const float *b, float *out);
void mb_subtract(long n, const float *a, const float *b, float *out);
void mb_multiply(long n, const float *a, const float *b, float *out);
void mb_divide(long n, const float *a, const float *b, float *out);
/// The same with one number in place of the second array.
void mb_add_number(long n, const float *a, float b, float *out);
void mb_multiply_number(long n, const float *a, float b, float *out);
/// out = a + scale * b
void mb_add_scaled(long n, const float *a, const float *b, float scale, float *out);
/// out = max(a, 0)
void mb_relu(long n, const float *a, float *out);
/// out = gate > 0 ? a : 0
void mb_gate(long n, const float *a, const float *gate, float *out);
void mb_exp(long n, const float *a, float *out);
void mb_log(long n, const float *a, float *out);
void mb_sqrt(long n, const float *a, float *out);
void mb_tanh(long n, const float *a, float *out);
/// out = 1 / (1 + e^-a)
void mb_logistic(long n, const float *a, float *out);
void mb_fill(long n, float value, float *out);

// MARK: Sums (reduction.c)

float mb_sum(long n, const float *a);
/// out[i, c] = sum over r of a[i, r, c]; rows are added in order.
void mb_sum_rows(long count, long rows, long columns, const float *a, float *out);
/// out[i, r, c] = a[i, c]
void mb_repeat_rows(long count, long rows, long columns, const float *a, float *out);
/// out[i, r, c] += row[i, c], cut off at 0 if `relu`.
void mb_shift_rows(long count, long rows, long columns, const float *row, int relu, float *out);
/// Softmax of each row.
void mb_softmax(long rows, long columns, const float *logits, float *out);
/// The mean over rows of -log softmax(logits)[row, label].
float mb_cross_entropy(long rows, long columns, const float *logits, const int *labels);

// MARK: Matrix products (product.c)

/// c = a b, or c + a b if `adding`, for each of `count` pairs of matrices that lie `size` numbers apart: a is m x k, its rows
/// `a_row` apart and its columns `a_step`; b is k x n, c is m x n, their rows `b_row` and `c_row` apart.
void mb_product(
    long count, long m, long n, long k, const float *a, long a_size, long a_row, long a_step,
    const float *b, long b_size, long b_row, int adding, float *c, long c_size, long c_row);
/// Each of `count` matrices, its rows becoming columns.
void mb_transpose(long count, long rows, long columns, const float *a, float *out);

// MARK: Convolution (convolution.c)

/// How a filter moves over an image.
typedef struct {
  long height, width;            // of the input
  long kernel, stride, padding;  // square filters of at most 7 x 7, the same stride of at most 2 on both axes
  long out_height, out_width;
} mb_geometry;

/// Which pixels the outputs of a convolution see.
typedef struct mb_map mb_map;
/// The map of a convolution.
mb_map *mb_map_forward(const mb_geometry *g);
/// The map of its gradient with respect to the images.
mb_map *mb_map_backward(const mb_geometry *g);
void mb_map_free(mb_map *map);

/// out [images, outputs, width] from in [images, inputs, depth] and filters [taps, depth, width]: the
/// sum over taps of the pixel seen through it times the tap's matrix.
void mb_convolution(
    const mb_map *map, long images, const float *in, long depth, const float *filters, long width,
    float *out);
/// out [taps, depth, width] for a forward map: the sum over images and outputs of the pixel seen
/// through a tap times the cotangent [images, outputs, width].
void mb_filter_gradient(
    const mb_map *map, long images, const float *in, long depth, const float *cotangent, long width,
    float *out);

// MARK: Convolution with 3 x 3 filters, stride 1 and padding 1 in fewer multiplications (winograd.c);
// channels are a multiple of 16

/// Filters [3, 3, size] as products want them, [16, size]; `turned` by 180 degrees for the gradient with
/// respect to the images, for which `size` is [width, depth].
void mb_winograd_filters(long size, const float *filters, int turned, float *out);
/// out [images, height, width, breadth] from in [images, height, width, depth] and such filters.
void mb_winograd(
    long images, long height, long width, const float *in, long depth, const float *filters,
    long breadth, float *out);
/// out [3, 3, depth, breadth], the gradient with respect to the filters.
void mb_winograd_gradient(
    long images, long height, long width, const float *in, long depth, const float *cotangent,
    long breadth, float *out);

// MARK: Max-pooling, 2 x 2 with stride 2 (pooling.c); odd last rows and columns are dropped

/// out[i] = the largest of each window; choice[i] = which of its four (row-major), the first if equal.
void mb_pool(
    long images, long height, long width, long channels, const float *a, float *out, uint8_t *choice);
/// The transpose: each number goes to the place that was chosen, the rest is 0.
void mb_unpool(
    long images, long height, long width, long channels, const float *a, const uint8_t *choice,
    float *out);
/// out[i] = the number at the place that was chosen; 0 where none was (4).
void mb_pool_chosen(
    long images, long height, long width, long channels, const float *a, const uint8_t *choice,
    float *out);

// MARK: Batch normalization (normalization.c)

/// Images [images, height, width, channels] and what becomes of them: every number, or the largest of
/// each 2 x 2 window. Work is cut into units, the rows of windows: `height` per image, or half of it
/// (rounded up) if pooled.
typedef struct {
  long height, width, channels;
  int pooled;
} mb_windows;

/// Of `count` positions of n channels from `first` on: sums[0, c] = the mean, sums[1, c] = the sum of squares around it.
void mb_block_moments(long first, long count, long n, const float *x, float *sums);
/// The moments of all `count` positions from those of blocks of `block` (the last may be shorter).
void mb_combine_moments(
    long blocks, long block, long count, long channels, const float *sums, float epsilon, float *mean,
    float *variance, float *inverse_deviation);
/// total[i] = sum over blocks of sums[block, i], in order.
void mb_add_blocks(long blocks, long length, const float *sums, double *total);

// All of these work on `count` units from `first` on.

/// y = slope x + offset, the largest of each window, cut off at 0 if `relu`. If pooled, `choice` tells
/// which place of its window was passed on (4: none); what follows needs no y then.
void mb_normalize(
    const mb_windows *w, long first, long count, const float *x, const float *slope,
    const float *offset, int relu, float *y, uint8_t *choice);
/// With h = dy where y was passed on: sums[0, c] = sum h, sums[1, c] = sum h x^.
void mb_normalize_backward_sums(
    const mb_windows *w, long first, long count, const float *x, const float *y,
    const uint8_t *choice, const float *dy, const float *mean, const float *inverse_deviation,
    int relu, float *sums);
/// dx = gain (h - mean_h - x^ mean_hx); dx may be x.
void mb_normalize_backward(
    const mb_windows *w, long first, long count, const float *x, const float *y,
    const uint8_t *choice, const float *dy, const float *mean, const float *inverse_deviation,
    const float *gain, const float *mean_h, const float *mean_hx, int relu, float *dx);
/// sums[0...4, c] = the sums of u, u x^, u h, h, h x^ for a cotangent u of dx.
void mb_normalize_double_backward_sums(
    const mb_windows *w, long first, long count, const float *x, const float *y,
    const uint8_t *choice, const float *dy, const float *mean, const float *inverse_deviation,
    int relu, const float *u, float *sums);

/// The numbers per channel that double backward needs; see `NormalizedBatch`.
typedef struct {
  const float *a, *b, *gain, *mean_u, *mean_ux, *mean_hx, *mean_q, *slope;
} mb_double_backward;

/// The cotangents of dy and x for a cotangent u of dx.
void mb_normalize_double_backward(
    const mb_windows *w, long first, long count, const float *x, const float *y,
    const uint8_t *choice, const float *dy, const float *mean, const float *inverse_deviation,
    int relu, const float *u, const mb_double_backward *k, float *ddy, float *dx);

// MARK: Cells of recurrent networks (recurrent.c), [rows, hidden]. Everything is rounded as if each operation were a pass
// of its own, so that bits are those of the operations one after the other.

/// s = f s0 + i g, h = o tanh s, where i, f, o = logistic(u) and g = tanh(u) are columns of [rows, 4 hidden].
/// `gates` receives logistic(u) of i, f, o and logistic(2 u) of g; `shown` receives logistic(2 s).
void mb_lstm_cell(
    long rows, long hidden, const float *u, const float *cells, float *gates, float *shown,
    float *new_cells, float *out);
/// The cotangents of u and s0 for those of h and s; a null one is zero.
void mb_lstm_cell_backward(
    long rows, long hidden, const float *gates, const float *shown, const float *cells,
    const float *d_out, const float *d_new_cells, float *d_u, float *d_cells);

// MARK: A memory that is read by likeness (memory.c), of sequences side by side. Bits are those of the operations one
// after the other.

typedef struct {
  long sequences, slots, width, heads;
  float sharpness, epsilon;  // epsilon is added to the squares of lengths
  float decay;               // of the usage
} mb_memory;

/// What goes into a step: content [width, slots], reading [heads, slots], usage and unused [slots], keys and writing
/// [heads, width], gates [heads], of each sequence.
typedef struct {
  const float *content, *reading, *usage, *unused, *keys, *writing, *gates;
} mb_memory_inputs;

/// What comes out, content, reading, usage and read [heads, width]; and what the way back needs: written [heads, slots],
/// keys of length 1 and their lengths [heads], lengths of rows [slots], cosines [heads, slots].
typedef struct {
  float *content, *reading, *read, *usage, *written, *unit_keys, *key_lengths, *lengths, *cosines;
} mb_memory_outputs;

/// Cotangents of content, reading and read of the outputs; a null one is zero.
typedef struct {
  const float *content, *reading, *read;
} mb_memory_cotangents;

/// Cotangents of the inputs.
typedef struct {
  float *content, *reading, *keys, *writing, *gates;
} mb_memory_gradients;

void mb_memory_step(const mb_memory *m, const mb_memory_inputs *in, const mb_memory_outputs *out);
void mb_memory_step_backward(
    const mb_memory *m, const mb_memory_inputs *in, const mb_memory_outputs *out,
    const mb_memory_cotangents *arriving, const mb_memory_gradients *leaving);

// MARK: Adam (adam.c)

/// One step of Adam (Kingma and Ba, algorithm 1) on n parameters.
void mb_adam(
    long n, const float *parameters, const float *mean, const float *square, const float *gradient,
    float *new_parameters, float *new_mean, float *new_square, float rate, float beta1, float beta2,
    float epsilon, float correction1, float correction2);

// MARK: Threads (threads.c)

/// Calls `body(context, index)` for every index below `count`, on up to `threads` threads at once, and
/// returns when all are done. Within `body` it runs all by itself: only the outermost loop is spread.
void mb_spread(long threads, long count, void (*body)(void *context, long index), void *context);

// MARK: Toolchain (toolchain.c)

/// The instruction set that the kernels in use are compiled for.
const char *mb_instruction_set(void);
/// The compiler's own name and version.
const char *mb_compiler(void);
/// The version of the GNU C library that runs.
const char *mb_c_library(void);
