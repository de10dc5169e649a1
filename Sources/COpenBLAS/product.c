#include "library.h"

void copenblas_sgemm(
    int transpose_a, int transpose_b, long m, long n, long k,
    float alpha, const float *a, long lda, const float *b, long ldb,
    float beta, float *c, long ldc) {
  enum { row_major = 101, no_transpose = 111, transpose = 112 };
  openblas.sgemm(
      row_major, transpose_a ? transpose : no_transpose, transpose_b ? transpose : no_transpose,
      (int)m, (int)n, (int)k, alpha, a, (int)lda, b, (int)ldb, beta, c, (int)ldc);
}
