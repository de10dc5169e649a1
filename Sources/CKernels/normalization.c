#include "kernel.h"

#include <math.h>

// Sums over a channel run in segments, so that Float32 keeps its digits over hundreds of images:
// 16 lanes within a segment, segments added in Float64.
enum { segment = 4096 };

KERNEL mb_moments mb_channel_moments(long n, const float *x, float epsilon) {
  double total = 0;
  for (long start = 0; start < n; start += segment) {
    const long end = start + segment < n ? start + segment : n;
    float lane[LANES] = {0};
    long i = start;
    for (; i + LANES <= end; i += LANES)
      for (int l = 0; l < LANES; l++) lane[l] += x[i + l];
    for (int l = 0; i < end; i++, l++) lane[l] += x[i];
    total += sum_lanes(lane);
  }
  const float mean = (float)(total / n);
  double squares = 0;
  for (long start = 0; start < n; start += segment) {
    const long end = start + segment < n ? start + segment : n;
    float lane[LANES] = {0};
    long i = start;
    for (; i + LANES <= end; i += LANES)
      for (int l = 0; l < LANES; l++) lane[l] += (x[i + l] - mean) * (x[i + l] - mean);
    for (int l = 0; i < end; i++, l++) lane[l] += (x[i] - mean) * (x[i] - mean);
    squares += sum_lanes(lane);
  }
  mb_moments m = {mean, 1 / sqrtf((float)(squares / n) + epsilon)};
  return m;
}

KERNEL void mb_normalize(
    long n, const float *x, mb_moments m, float scale, float shift, int relu, float *y) {
  const float slope = scale * m.inverse_deviation, offset = shift - m.mean * slope;
  if (relu)
    for (long i = 0; i < n; i++) {
      const float v = x[i] * slope + offset;
      y[i] = v < 0 ? 0 : v;  // NaN stays NaN
    }
  else
    for (long i = 0; i < n; i++) y[i] = x[i] * slope + offset;
}

KERNEL void mb_normalize_backward(
    long n, const float *x, const float *y, const float *dy, mb_moments m, float scale, int relu,
    float *dx, float *dscale, float *dshift) {
  const float r = m.inverse_deviation, mean = m.mean;
  double sum_h = 0, sum_hx = 0;
  for (long start = 0; start < n; start += segment) {
    const long end = start + segment < n ? start + segment : n;
    float h_lane[LANES] = {0}, hx_lane[LANES] = {0};
    long i = start;
    for (; i + LANES <= end; i += LANES)
      for (int l = 0; l < LANES; l++) {
        const float h = relu && !(y[i + l] > 0) ? 0 : dy[i + l];
        h_lane[l] += h;
        hx_lane[l] += h * ((x[i + l] - mean) * r);
      }
    for (int l = 0; i < end; i++, l++) {
      const float h = relu && !(y[i] > 0) ? 0 : dy[i];
      h_lane[l] += h;
      hx_lane[l] += h * ((x[i] - mean) * r);
    }
    sum_h += sum_lanes(h_lane);
    sum_hx += sum_lanes(hx_lane);
  }
  *dshift = (float)sum_h;
  *dscale = (float)sum_hx;
  // dx = scale r (h - mean(h) - x^ mean(h x^))
  const float a = (float)(sum_h / n), b = (float)(sum_hx / n), gr = scale * r;
  for (long i = 0; i < n; i++) {
    const float h = relu && !(y[i] > 0) ? 0 : dy[i];
    dx[i] = gr * (h - a - ((x[i] - mean) * r) * b);
  }
}

KERNEL void mb_normalize_double_backward(
    long n, const float *x, const float *y, const float *dy, mb_moments m, float scale, int relu,
    const float *u, float a, float b, float *ddy, float *dx, float *dscale) {
  const float r = m.inverse_deviation, mean = m.mean;
  double sum_u = 0, sum_ux = 0, sum_uh = 0, sum_h = 0, sum_hx = 0;
  for (long start = 0; start < n; start += segment) {
    const long end = start + segment < n ? start + segment : n;
    float u_[LANES] = {0}, ux[LANES] = {0}, uh[LANES] = {0}, h_[LANES] = {0}, hx[LANES] = {0};
    for (long i = start; i < end; i += LANES) {
      const int inside = end - i < LANES ? (int)(end - i) : LANES;
      for (int l = 0; l < LANES; l++) {  // a block has slack behind it
        const int in = l < inside;
        const float v = in ? u[i + l] : 0;
        const float xh = in ? (x[i + l] - mean) * r : 0;
        const float h = in && !(relu && !(y[i + l] > 0)) ? dy[i + l] : 0;
        u_[l] += v;
        ux[l] += v * xh;
        uh[l] += v * h;
        h_[l] += h;
        hx[l] += h * xh;
      }
    }
    sum_u += sum_lanes(u_);
    sum_ux += sum_lanes(ux);
    sum_uh += sum_lanes(uh);
    sum_h += sum_lanes(h_);
    sum_hx += sum_lanes(hx);
  }
  const double mean_u = sum_u / n, mean_ux = sum_ux / n, mean_h = sum_h / n, mean_hx = sum_hx / n;
  // F = <u, dx> + a dscale + b dshift. What multiplies scale r in it:
  const double inner = sum_uh - n * mean_u * mean_h - n * mean_ux * mean_hx;
  *dscale = (float)(r * inner);
  // dF/dh = scale r (u - mean(u) - x^ mean(u x^)) + a x^ + b, cut where ReLU cut.
  // dF/dx^ = q = -scale r (u mean(h x^) + mean(u x^) h) + a h, and from x^ and r to x:
  // dF/dx = r (q - mean(q) - x^ mean(q x^)) - scale inner r^2 x^ / n.
  const double gr = (double)scale * r;
  const double mean_q = -gr * (mean_u * mean_hx + mean_ux * mean_h) + a * mean_h;
  const double mean_qx = -2 * gr * mean_ux * mean_hx + a * mean_hx;
  const float g = (float)gr, mu = (float)mean_u, mux = (float)mean_ux, mhx = (float)mean_hx;
  const float mq = (float)mean_q, slope = (float)(mean_qx + gr * inner / n);
  for (long i = 0; i < n; i++) {
    const float xh = (x[i] - mean) * r;
    const int open = !(relu && !(y[i] > 0));
    const float h = open ? dy[i] : 0;
    const float q = a * h - g * (u[i] * mhx + mux * h);
    const float d = g * (u[i] - mu - xh * mux) + a * xh + b;
    ddy[i] = open ? d : 0;
    dx[i] = r * (q - mq - xh * slope);
  }
}
