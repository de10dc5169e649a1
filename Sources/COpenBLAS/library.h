#pragma once
#include <stddef.h>

#include "copenblas.h"

/// The functions of the loaded library that are used. Fortran's take all arguments by address, and
/// the lengths of texts at the end.
struct openblas {
  void (*sgemm)(
      int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a,
      int lda, const float *b, int ldb, float beta, float *c, int ldc);
  void (*dpotrf)(
      const char *uplo, const int *n, double *a, const int *lda, int *info, size_t);
  void (*dtrtrs)(
      const char *uplo, const char *trans, const char *diag, const int *n, const int *nrhs,
      const double *a, const int *lda, double *b, const int *ldb, int *info, size_t, size_t, size_t);
  void (*dgeqrf)(
      const int *m, const int *n, double *a, const int *lda, double *tau, double *work,
      const int *lwork, int *info);
  void (*dormqr)(
      const char *side, const char *trans, const int *m, const int *n, const int *k,
      const double *a, const int *lda, const double *tau, double *c, const int *ldc, double *work,
      const int *lwork, int *info, size_t, size_t);
  void (*dsyev)(
      const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
      double *work, const int *lwork, int *info, size_t, size_t);
  void (*dgesvd)(
      const char *jobu, const char *jobvt, const int *m, const int *n, double *a, const int *lda,
      double *s, double *u, const int *ldu, double *vt, const int *ldvt, double *work,
      const int *lwork, int *info, size_t, size_t);
  void (*dgelss)(
      const int *m, const int *n, const int *nrhs, double *a, const int *lda, double *b,
      const int *ldb, double *s, const double *rcond, int *rank, double *work, const int *lwork,
      int *info);
  char *(*core_name)(void);
  char *(*configuration)(void);
  int (*threads)(void);
  void (*set_threads)(int);
};

extern struct openblas openblas;
