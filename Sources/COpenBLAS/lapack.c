#include <stdlib.h>

#include "library.h"

enum { no_memory = -1000 };

static int larger(int first, int second) { return first > second ? first : second; }

// Runs a call once to learn how much working memory it wants, and once with that.
#define WITH_WORK(call)                                                        \
  int info = 0, size = -1;                                                     \
  double best, *work = &best;                                                  \
  call;                                                                        \
  if (info) return info;                                                       \
  size = larger(1, (int)best);                                                 \
  work = malloc((size_t)size * sizeof(double));                                \
  if (!work) return no_memory;                                                 \
  call;                                                                        \
  free(work);                                                                  \
  return info

int copenblas_cholesky(int n, double *a) {
  int info = 0, stride = larger(1, n);
  openblas.dpotrf("L", &n, a, &stride, &info, 1);
  return info;
}

int copenblas_solve_triangular(
    int is_upper, int transposes, int n, int columns, const double *t, double *b) {
  int info = 0, stride = larger(1, n);
  openblas.dtrtrs(
      is_upper ? "U" : "L", transposes ? "T" : "N", "N", &n, &columns, t, &stride, b, &stride, &info,
      1, 1, 1);
  return info;
}

int copenblas_qr(int m, int n, double *a, double *tau) {
  int stride = larger(1, m);
  WITH_WORK(openblas.dgeqrf(&m, &n, a, &stride, tau, work, &size, &info));
}

int copenblas_apply_q(
    int transposes, int m, int columns, int k, const double *reflectors, const double *tau, double *b) {
  int stride = larger(1, m);
  WITH_WORK(openblas.dormqr(
      "L", transposes ? "T" : "N", &m, &columns, &k, reflectors, &stride, tau, b, &stride, work,
      &size, &info, 1, 1));
}

int copenblas_symmetric_eigen(int n, double *a, double *values) {
  int stride = larger(1, n);
  WITH_WORK(openblas.dsyev("V", "L", &n, a, &stride, values, work, &size, &info, 1, 1));
}

int copenblas_svd(int m, int n, double *a, double *values, double *u, double *v) {
  int stride = larger(1, m), least = larger(1, m < n ? m : n);
  WITH_WORK(openblas.dgesvd(
      "S", "S", &m, &n, a, &stride, values, u, &stride, v, &least, work, &size, &info, 1, 1));
}

int copenblas_least_squares(
    int m, int n, int columns, double *a, double *b, double *values, double condition, int *rank) {
  int stride = larger(1, m), long_stride = larger(stride, n);
  WITH_WORK(openblas.dgelss(
      &m, &n, &columns, a, &stride, b, &long_stride, values, &condition, rank, work, &size, &info));
}
