#pragma once

#include <stdbool.h>
#include <stdint.h>

// The loops under the tensors, compiled for several CPUs at once; the best is chosen when the
// program starts. Every sum runs in one fixed shape, whatever the CPU's vector length.
//
// Images are channels-major: [channels, images, height, width].

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
void mb_fill(long n, float value, float *out);

// MARK: Sums (reduction.c)

float mb_sum(long n, const float *a);
/// out[c] = sum over r of a[r, c]; rows are added in order.
void mb_sum_rows(long rows, long columns, const float *a, float *out);
/// Softmax of each row.
void mb_softmax(long rows, long columns, const float *logits, float *out);
/// The mean over rows of -log softmax(logits)[row, label].
float mb_cross_entropy(long rows, long columns, const float *logits, const int *labels);

// MARK: Convolution (convolution.c)

/// How a filter moves over an image.
typedef struct {
  long channels, height, width;  // of the input
  long kernel, stride, padding;  // square filters, the same on both axes
  long out_height, out_width;
} mb_geometry;

/// columns[(channel, ky, kx), (image, oy, ox)] = the pixel under the filter, 0 outside the image.
/// `images` holds `total` images, of which `count` from `first` on are unfolded.
void mb_unfold(
    const mb_geometry *g, const float *images, long total, long first, long count, float *columns);
/// The transpose of `mb_unfold`: adds each column entry to its pixel. Overwrites those images.
void mb_fold(
    const mb_geometry *g, const float *columns, long total, long first, long count, float *images);

// MARK: Max-pooling, 2 x 2 with stride 2 (pooling.c); odd last rows and columns are dropped

/// out[i] = the largest of each window; choice[i] = which of its four (row-major), the first if equal.
void mb_pool(long planes, long height, long width, const float *a, float *out, uint8_t *choice);
/// The transpose: each number goes to the place that was chosen, the rest is 0.
void mb_unpool(long planes, long height, long width, const float *a, const uint8_t *choice, float *out);
/// out[i] = the number at the place that was chosen.
void mb_pool_chosen(
    long planes, long height, long width, const float *a, const uint8_t *choice, float *out);

// MARK: Batch normalization (normalization.c): one channel, n numbers

typedef struct {
  float mean, inverse_deviation;  // 1 / sqrt(variance + epsilon), biased variance
} mb_moments;

mb_moments mb_channel_moments(long n, const float *x, float epsilon);
/// y = scale * (x - mean) * inverse_deviation + shift, cut off at 0 if `relu`.
void mb_normalize(
    long n, const float *x, mb_moments m, float scale, float shift, int relu, float *y);
/// From dy, cut where y shows that ReLU cut: dx, and the sums dscale and dshift.
void mb_normalize_backward(
    long n, const float *x, const float *y, const float *dy, mb_moments m, float scale, int relu,
    float *dx, float *dscale, float *dshift);
/// The transpose of `mb_normalize_backward` with respect to dy, x and scale, for cotangents
/// u of dx, a of dscale and b of dshift.
void mb_normalize_double_backward(
    long n, const float *x, const float *y, const float *dy, mb_moments m, float scale, int relu,
    const float *u, float a, float b, float *ddy, float *dx, float *dscale);

// MARK: Adam (adam.c)

/// One step of Adam (Kingma and Ba, algorithm 1) on n parameters, in place.
void mb_adam(
    long n, float *parameters, float *mean, float *square, const float *gradient,
    float rate, float beta1, float beta2, float epsilon, float correction1, float correction2);

// MARK: Threads (threads.c)

/// Whether this thread is already one of several that share the work.
bool mb_thread_is_working(void);
void mb_thread_set_working(bool working);

// MARK: Toolchain (toolchain.c)

/// The compiler's own name and version.
const char *mb_compiler(void);
/// The version of the GNU C library that runs.
const char *mb_c_library(void);
