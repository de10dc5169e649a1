#pragma once

/// Loads OpenBLAS with one thread and, unless the environment names others in OPENBLAS_CORETYPE, with
/// the kernels of `core`; NULL leaves the choice to OpenBLAS.
///
/// OpenBLAS chooses its kernels while it is being loaded, by the CPU's name. So it is opened at run
/// time, when that choice can still be made for it; and a program that computes nothing with it
/// starts without it. Called once by whoever comes first; later calls do nothing.
///
/// Returns NULL, or a sentence that says what is missing.
const char *copenblas_load(const char *core);

/// The core whose kernels use all that this CPU offers; NULL where OpenBLAS knows best. Its own choice
/// for CPUs younger than itself is slow.
const char *copenblas_fastest_core(void);

/// The core whose kernels run on nearly all x86-64 CPUs, so that bits do not differ between them;
/// NULL where it does not run.
const char *copenblas_common_core(void);

/// The name of the kernels in use, such as "SkylakeX"; "none" before loading.
const char *copenblas_kernels(void);

/// The library's own description of how it was built; "none" before loading.
const char *copenblas_configuration(void);

/// The number of threads that it uses: 1.
int copenblas_threads(void);

// `copenblas_load` must have succeeded before any of these.

/// c = alpha op(a) op(b) + beta c, row-major; op transposes where its flag is not 0.
/// op(a) is m x k, op(b) is k x n.
void copenblas_sgemm(
    int transpose_a, int transpose_b, long m, long n, long k,
    float alpha, const float *a, long lda, const float *b, long ldb,
    float beta, float *c, long ldc);

// LAPACK in Float64. Matrices lie column by column, without gaps. What is returned is LAPACK's `info`:
// 0 is success, below 0 a wrong argument or too little memory.

/// a (n x n, symmetric, lower triangle read) becomes L of a = L L', above which nothing is changed;
/// k > 0: the leading k x k matrix is not positive definite.
int copenblas_cholesky(int n, double *a);

/// b (n x columns) becomes the solution of op(t) x = b, where t is triangular; op transposes.
int copenblas_solve_triangular(
    int is_upper, int transposes, int n, int columns, const double *t, double *b);

/// a (m x n) becomes R on and above its diagonal, and the reflectors of Q below, with `tau`
/// [min(m, n)].
int copenblas_qr(int m, int n, double *a, double *tau);

/// b (m x columns) becomes op(Q) b for the reflectors of `copenblas_qr`, of which there are k.
int copenblas_apply_q(
    int transposes, int m, int columns, int k, const double *reflectors, const double *tau, double *b);

/// a (n x n, symmetric, lower triangle read) becomes its eigenvectors, one a column; their values [n]
/// increase. k > 0: it did not converge.
int copenblas_symmetric_eigen(int n, double *a, double *values);

/// u (m x k), values [k] decreasing, v (k x n, transposed) of a (m x n, destroyed), k = min(m, n).
/// k > 0: it did not converge.
int copenblas_svd(int m, int n, double *a, double *values, double *u, double *v);

/// b (max(m, n) x columns) becomes the least-squares solution of least length (its first n rows) of
/// a x = b; a (m x n) is destroyed. Singular values [min(m, n)] up to `condition` times the greatest
/// count as zero, and how many do not goes to `rank`. k > 0: it did not converge.
int copenblas_least_squares(
    int m, int n, int columns, double *a, double *b, double *values, double condition, int *rank);
